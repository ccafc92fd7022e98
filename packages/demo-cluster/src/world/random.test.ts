import { hashText, jitter, safeSuffix, uniform, uuidOf } from './random';

describe('random', () => {
  it('is even, and the same when asked again', () => {
    const draws = Array.from({ length: 20_000 }, (_, at) => uniform(42, at));
    const mean = draws.reduce((a, b) => a + b, 0) / draws.length;
    expect(mean).toBeCloseTo(0.5, 2);
    expect(Math.min(...draws)).toBeLessThan(0.001);
    expect(Math.max(...draws)).toBeGreaterThan(0.999);
    expect(uniform(42, 17)).toBe(draws[17]);
  });

  it('jitters around one', () => {
    const factors = Array.from({ length: 10_000 }, (_, at) =>
      jitter(3, at, 0.2),
    );
    expect(factors.every(f => f >= 0.8 && f < 1.2)).toBe(true);
    expect(factors.reduce((a, b) => a + b, 0) / 10_000).toBeCloseTo(1, 2);
  });

  it('names like Kubernetes does', () => {
    expect(safeSuffix(hashText('x'), 10)).toMatch(
      /^[b-df-hj-np-tv-xz2-9]{10}$/,
    );
    expect(safeSuffix(1, 5)).not.toBe(safeSuffix(2, 5));
  });

  it('makes version 4 UUIDs that don’t repeat', () => {
    const uuids = Array.from({ length: 20_000 }, (_, i) => uuidOf(`pod/${i}`));
    expect(new Set(uuids).size).toBe(uuids.length);
    for (const uuid of uuids.slice(0, 100)) {
      expect(uuid).toMatch(
        /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      );
    }
    expect(uuidOf('pod/1')).toBe(uuids[1]);
  });
});
