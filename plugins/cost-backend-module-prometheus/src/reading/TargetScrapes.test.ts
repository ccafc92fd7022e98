import { CountsByTarget, TargetScrapes } from './TargetScrapes';

function table(counts: Record<string, number>): CountsByTarget {
  return new Map(
    Object.entries(counts).map(([target, count]) => [
      target,
      { job: 'ksm', counts: [count] },
    ]),
  );
}
const intervals = new Map([['ksm', 30]]);

function seconds(
  everything: Record<string, number>,
  object: Record<string, number>,
) {
  return TargetScrapes.create(table(everything), intervals, 1).seconds(
    table(object),
    0,
  );
}

describe('TargetScrapes', () => {
  it('adds up what a restarted target saw', () => {
    expect(seconds({ a: 50, b: 68 }, { a: 50, b: 68 })).toBe(3540);
    expect(seconds({ a: 50, b: 68 }, { a: 10, b: 20 })).toBe(900);
    expect(seconds({ a: 50, b: 69 }, { a: 50, b: 69 })).toBe(3600);
  });

  it('counts what replicas saw once', () => {
    expect(seconds({ a: 120, b: 120 }, { a: 60, b: 60 })).toBe(1800);
    expect(seconds({ a: 120, b: 120 }, { a: 120, b: 120 })).toBe(3600);
  });

  it('takes the shard that sees an object', () => {
    expect(seconds({ a: 120, b: 120 }, { b: 40 })).toBe(1200);
  });
});
