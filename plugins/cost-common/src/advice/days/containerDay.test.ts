import {
  digestOf,
  digestsOf,
  GIB,
  inputOf,
  POLICY,
  SPEC,
  Usage,
} from '../__testUtils__/builders';
import { adviseContainer } from '../adviseContainer';
import { containerDayOf, cpuDaysOf } from './containerDay';

describe('containerDayOf', () => {
  it('wants a sample for every five minutes the container ran', () => {
    const day = digestOf(0, { cpu: slot => (slot < 18 ? 0.2 : null) });
    // It ran one hour and a half, and nobody looked in two slots of it.
    day.hours.runSeconds.fill(0);
    day.hours.runSeconds.set([3600, 1800]);
    day.cpu.fill(0, 4, 6);
    const { wanted, cpu } = containerDayOf(day);
    expect(wanted).toBe(18);
    expect(cpu?.coverage).toBeCloseTo(16 / 18, 9);
  });

  it('wants no more than there is of an hour with many pods', () => {
    const others = { pods: 9, cpu: 0.1, memory: GIB };
    expect(containerDayOf(digestOf(0, { others })).wanted).toBe(288);
  });

  it('takes the exact peak, and never one below what is in the bucket', () => {
    const exact = containerDayOf(digestOf(0, { memory: () => 1_000_000_007 }));
    expect(exact.memory?.peak).toBe(1_000_000_007);
    const digest = digestOf(0, { memory: () => 1_000_000_007 });
    delete digest.memoryPeakBytes;
    const { memory } = containerDayOf(digest);
    expect(memory!.peak).toBeGreaterThanOrEqual(1_000_000_007);
    expect(memory!.peak).toBeLessThan(1_030_000_000);
  });

  it('knows nothing where nothing is known', () => {
    const { cpu, memory } = containerDayOf(digestOf(0, { cpu: () => null }));
    expect(cpu).toBeUndefined();
    expect(memory?.coverage).toBe(1);
  });
});

describe('cpuDaysOf', () => {
  // From 23:45 of the second day to 00:15 of the third.
  const late: Usage = (slot, day) =>
    (day === 1 && slot >= 285) || (day === 2 && slot < 3) ? 2 : 0.2;
  const heldOn = (digests: ReturnType<typeof digestsOf>) =>
    cpuDaysOf(digests.map(digest => containerDayOf(digest))).map(
      day => day && Math.max(...day.held!.byHour),
    );

  it('sees what is held across midnight, on the day it ends', () => {
    const held = heldOn(digestsOf(4, { cpu: late }));
    expect(held[1]).toBeCloseTo(0.2, 2);
    expect(held[2]).toBe(2);
    expect(held[3]).toBeCloseTo(0.2, 2);
  });

  it('does not join days that are not beside each other', () => {
    const digests = digestsOf(4, {
      cpu: (slot, day) =>
        (day === 0 && slot >= 285) || (day === 2 && slot < 3) ? 2 : 0.2,
    });
    const held = heldOn(digests.filter((_, day) => day !== 1));
    expect(Math.max(...held.map(each => each ?? 0))).toBeCloseTo(0.2, 2);
  });

  it('is not above the peak that is known, whatever stands for a bucket', () => {
    const [held] = heldOn(digestsOf(1, { cpu: () => 0.1 }));
    expect(held).toBeLessThanOrEqual(0.1);
  });

  it('covers a weekly half-hour across midnight from its second time on', () => {
    const weekly: Usage = (slot, day) =>
      (day % 7 === 1 && slot >= 285) || (day % 7 === 2 && slot < 3) ? 2 : 0.2;
    const requestOn = (today: number) =>
      adviseContainer(
        inputOf({
          digests: digestsOf(today, { cpu: weekly }),
          policy: { ...POLICY, minimumDays: 7 },
          spec: { ...SPEC, cpuRequestCores: 1 },
        }),
      ).cpu.proposed!.request;
    expect(requestOn(9)).toBeLessThan(0.3);
    expect(requestOn(10)).toBeGreaterThanOrEqual(2);
  });
});
