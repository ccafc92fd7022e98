import { digestOf, GIB } from '../__testUtils__/builders';
import { containerDayOf } from './containerDay';

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
