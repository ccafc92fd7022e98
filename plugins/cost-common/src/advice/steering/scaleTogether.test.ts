import { scaleTogether } from './scaleTogether';

const member = (current: number, wanted: number, fixed = false) => ({
  current,
  wanted,
  fixed,
});

describe('scaleTogether', () => {
  it('keeps the sum × target, what is left over by what each wants', () => {
    // 1.2 cores at 50 % scale at 0.6: at 90 % that is 667m, of which 400m are wanted.
    expect(scaleTogether([member(1, 0.3), member(0.2, 0.1)], 50, 0.05)).toEqual(
      { requests: [0.5, 0.167], target: 90, scalingPoint: 0.6 },
    );
  });

  it('gives nothing to what stays', () => {
    const moved = scaleTogether(
      [member(1, 0.3), member(0.2, 0.2, true)],
      50,
      0.05,
    );
    expect(moved?.requests).toEqual([0.467, 0.2]);
  });

  it('stays where every request is close enough', () => {
    const close = [member(0.5, 0.49), member(0.2, 0.195)];
    expect(scaleTogether(close, 80, 0.05)).toEqual({
      requests: [0.5, 0.2],
      target: 80,
      scalingPoint: expect.closeTo(0.56, 9),
    });
  });

  it('moves between containers where the sum is right', () => {
    const moved = scaleTogether([member(0.6, 0.3), member(0.1, 0.4)], 80, 0.05);
    expect(moved).toMatchObject({ requests: [0.3, 0.4], target: 80 });
  });

  it('says nothing below 50 %, and where nothing may take what is left', () => {
    expect(scaleTogether([member(0.2, 1), member(0.1, 1)], 80, 0)).toBe(
      undefined,
    );
    expect(scaleTogether([member(2, 1, true), member(2, 1, true)], 80, 0)).toBe(
      undefined,
    );
  });
});
