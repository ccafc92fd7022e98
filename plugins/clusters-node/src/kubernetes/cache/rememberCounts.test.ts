import fc from 'fast-check';
import { CountMemory, mostOf, rememberCounts } from './rememberCounts';

const HOUR = 3_600_000;

describe('rememberCounts', () => {
  it('knows the most there was in the last hour, and forgets it then', () => {
    let memory: CountMemory = [];
    const at = (minutes: number, deployments: number) => {
      memory = rememberCounts(memory, { deployments }, minutes * 60_000, HOUR);
      return mostOf(memory).deployments;
    };
    expect(at(0, 100)).toBe(100);
    expect(at(1, 120)).toBe(120);
    expect(at(2, 10)).toBe(120);
    expect(at(60, 10)).toBe(120);
    expect(at(66, 10)).toBe(10);
  });

  it('remembers each kind by itself', () => {
    const memory = rememberCounts(
      rememberCounts([], { deployments: 3 }, 0, HOUR),
      { budgets: 2 },
      1,
      HOUR,
    );
    expect(mostOf(memory)).toEqual({ deployments: 3, budgets: 2 });
  });

  it('never forgets within the hour, always after it, and stays small', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ after: fc.nat(30 * 60_000), count: fc.nat(1000) }),
          { minLength: 1, maxLength: 60 },
        ),
        steps => {
          let memory: CountMemory = [];
          let now = 0;
          const samples: Array<{ at: number; count: number }> = [];
          for (const { after, count } of steps) {
            now += after;
            samples.push({ at: now, count });
            memory = rememberCounts(memory, { cronJobs: count }, now, HOUR);
          }
          const most = mostOf(memory).cronJobs!;
          const within = (ms: number) =>
            Math.max(
              ...samples.filter(({ at }) => at >= now - ms).map(s => s.count),
            );
          expect(most).toBeGreaterThanOrEqual(within(HOUR));
          expect(most).toBeLessThanOrEqual(within(HOUR + HOUR / 12));
          expect(memory.length).toBeLessThanOrEqual(14);
        },
      ),
    );
  });
});
