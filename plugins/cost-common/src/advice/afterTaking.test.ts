import {
  afterTaking,
  codesFor,
  digestsOf,
  GIB,
  inputOf,
  SPEC,
} from './__testUtils__/builders';
import { adviseContainer } from './adviseContainer';
import { AdviceInput } from './types';

/** The input as it is `days` after an advice was taken, that many days of its window under the new spec. */
function daysAfter(before: AdviceInput, days: number): AdviceInput {
  const taken = afterTaking(before, adviseContainer(before));
  const changed = before.digests.length - days;
  return {
    ...taken,
    digests: before.digests.map((digest, day) =>
      day < changed ? digest : taken.digests[day],
    ),
  };
}

describe('advice in the days after it was taken', () => {
  const limited = { ...SPEC, cpuLimitCores: 4 };

  it.each([1, 3, 10])(
    'stands on all of the look-back %d days later: a limit that cut nothing off is no new start',
    days => {
      const before = inputOf({
        digests: digestsOf(28, { spec: limited }),
        spec: limited,
      });
      const first = adviseContainer(before);
      // Both limits change: 4 GiB to 1178 MiB, and 4 cores to none.
      expect(first.cpu.proposed?.limit).toBeNull();
      expect(first.memory.proposed?.limit).toBeLessThan(2 * GIB);
      const after = adviseContainer(daysAfter(before, days));
      expect(after.status).toBe('keep');
      expect(after.evidence.days).toBe(28);
      expect(codesFor(after.memory)).not.toContain('spec-changed');
    },
  );

  it('starts anew where the limit that went had cut usage off', () => {
    const tight = { ...SPEC, cpuRequestCores: 0.2, cpuLimitCores: 0.25 };
    const before = inputOf({
      digests: digestsOf(28, { spec: tight, throttledShare: 0.4 }),
      spec: tight,
    });
    const after = adviseContainer(daysAfter(before, 3));
    expect(codesFor(after.cpu)).toEqual(['spec-changed']);
  });
});
