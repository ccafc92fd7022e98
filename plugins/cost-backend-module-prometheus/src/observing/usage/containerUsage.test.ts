import { usageOfContainer } from './containerUsage';
import { RunUsage } from './usageOfRun';

const GIB = 2 ** 30;

/** A run over one hour: seconds, cores and GiB in each slot. */
function run(
  seconds: number[],
  {
    cores = 0.5,
    gib = 4,
    coreSeconds,
  }: Partial<Record<'cores' | 'gib', number>> & {
    coreSeconds?: number[];
  } = {},
): RunUsage {
  const present = (value: number) =>
    Float64Array.from(seconds, each => (each > 0 ? value : NaN));
  return {
    seconds: Float64Array.from(seconds),
    coreSeconds: Float64Array.from(
      coreSeconds ?? seconds.map(each => (each > 0 ? each * cores : NaN)),
    ),
    memoryBytes: present(gib * GIB),
    memoryPeak: present(gib * GIB),
    setAside: new Uint8Array(12),
  };
}

const all = Array(12).fill(300);
const sum = (values: number[] = []) => values.reduce((a, b) => a + b, 0);

describe('usageOfContainer', () => {
  it('is what a run used', () => {
    const usage = usageOfContainer([run(all)]);
    expect(sum(usage?.coreSeconds)).toBe(1800);
    expect(sum(usage?.byteSeconds)).toBe(3600 * 4 * GIB);
    expect(usage?.cpuCores).toEqual(Array(12).fill(0.5));
  });

  it('gives the time to the later of two runs that are listed at once', () => {
    const ended = run([300, 300, 300, 0, 0, 0, 0, 0, 0, 0, 0, 0], {
      gib: 4,
      coreSeconds: [150, 150, 0, ...Array(9).fill(NaN)],
    });
    const next = run([0, 0, 300, ...Array(9).fill(300)], { gib: 1 });
    const usage = usageOfContainer([ended, next]);
    expect(sum(usage?.seconds)).toBe(3600);
    expect(sum(usage?.byteSeconds)).toBe((600 * 4 + 3000) * GIB);
    expect(sum(usage?.coreSeconds)).toBe(1800);
  });

  it('takes two runs that go on all the time for copies', () => {
    const usage = usageOfContainer([
      run(all),
      run(all, { cores: 0.4, gib: 3 }),
    ]);
    expect(sum(usage?.coreSeconds)).toBe(1800);
    expect(sum(usage?.byteSeconds)).toBe(3600 * 4 * GIB);
  });

  it('shares a slot in which one run followed another', () => {
    const usage = usageOfContainer([
      run([120, ...Array(11).fill(0)], { gib: 4 }),
      run([180, ...Array(11).fill(300)], { gib: 1 }),
    ]);
    expect(usage?.seconds[0]).toBe(300);
    expect(usage?.byteSeconds?.[0]).toBe((120 * 4 + 180) * GIB);
    expect(usage?.coreSeconds?.[0]).toBe(150);
  });

  it('gives a slot of which something is not known the mean of the others', () => {
    const usage = usageOfContainer([
      run(all, { coreSeconds: [NaN, ...Array(11).fill(90)] }),
    ]);
    expect(sum(usage?.coreSeconds)).toBeCloseTo(12 * 90, 9);
    expect(usage?.cpuCores?.[0]).toBeNull();
    expect(
      usageOfContainer([run(all, { coreSeconds: Array(12).fill(NaN) })])
        ?.coreSeconds,
    ).toBeUndefined();
  });

  it('is no longer than the container ran', () => {
    const usage = usageOfContainer([run(all)], 1800);
    expect(sum(usage?.seconds)).toBe(1800);
    expect(sum(usage?.byteSeconds)).toBe(1800 * 4 * GIB);
    expect(sum(usage?.coreSeconds)).toBe(1800);
  });

  it('is undefined in an hour in which nothing was seen', () => {
    expect(usageOfContainer([run(Array(12).fill(0))])).toBeUndefined();
  });
});
