import { RunTime, usageOfContainer } from './containerUsage';
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
    setAside: { tooHigh: 0, tooLow: 0 },
  };
}

const all = Array(12).fill(300);
const usageOfNamed = (named: RunUsage[], time?: RunTime) =>
  usageOfContainer({ named }, time);
const sum = (values: number[] = []) => values.reduce((a, b) => a + b, 0);

describe('usageOfContainer', () => {
  it('is what a run used', () => {
    const usage = usageOfNamed([run(all)]);
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
    const usage = usageOfNamed([ended, next]);
    expect(sum(usage?.seconds)).toBe(3600);
    expect(sum(usage?.byteSeconds)).toBe((600 * 4 + 3000) * GIB);
    expect(sum(usage?.coreSeconds)).toBe(1800);
  });

  it('takes two runs that go on all the time for copies', () => {
    const usage = usageOfNamed([run(all), run(all, { cores: 0.4, gib: 3 })]);
    expect(sum(usage?.coreSeconds)).toBe(1800);
    expect(sum(usage?.byteSeconds)).toBe(3600 * 4 * GIB);
  });

  it('shares a slot in which one run followed another', () => {
    const usage = usageOfNamed([
      run([120, ...Array(11).fill(0)], { gib: 4 }),
      run([180, ...Array(11).fill(300)], { gib: 1 }),
    ]);
    expect(usage?.seconds[0]).toBe(300);
    expect(usage?.byteSeconds?.[0]).toBe((120 * 4 + 180) * GIB);
    expect(usage?.coreSeconds?.[0]).toBe(150);
  });

  it('gives a slot of which something is not known the mean of the others', () => {
    const usage = usageOfNamed([
      run(all, { coreSeconds: [NaN, ...Array(11).fill(90)] }),
    ]);
    expect(sum(usage?.coreSeconds)).toBeCloseTo(12 * 90, 9);
    expect(usage?.cpuCores?.[0]).toBeNull();
    expect(
      usageOfNamed([run(all, { coreSeconds: Array(12).fill(NaN) })])
        ?.coreSeconds,
    ).toBeUndefined();
  });

  it('is no longer than the container ran', () => {
    const usage = usageOfNamed([run(all)], { ranSeconds: 1800 });
    expect(sum(usage?.seconds)).toBe(1800);
    expect(sum(usage?.byteSeconds)).toBe(1800 * 4 * GIB);
    expect(sum(usage?.coreSeconds)).toBe(1800);
  });

  it('takes what no named run saw from those that name none', () => {
    const half = [300, 300, 300, 300, 300, 120, ...Array(6).fill(0)];
    const usage = usageOfContainer({
      named: [run(half)],
      nameless: run(all, { cores: 0.6, gib: 5 }),
    });
    expect(sum(usage?.seconds)).toBe(3600);
    expect(sum(usage?.byteSeconds)).toBe((1620 * 4 + 1980 * 5) * GIB);
    expect(sum(usage?.coreSeconds)).toBeCloseTo(1620 * 0.5 + 1980 * 0.6, 9);
  });

  it('takes what named runs do not know from those that name none', () => {
    const unknown = run(all, { gib: NaN, coreSeconds: Array(12).fill(NaN) });
    const usage = usageOfContainer({
      named: [unknown],
      nameless: run(all, { cores: 0.6, gib: 5 }),
    });
    expect(sum(usage?.seconds)).toBe(3600);
    expect(sum(usage?.byteSeconds)).toBe(3600 * 5 * GIB);
    expect(sum(usage?.coreSeconds)).toBeCloseTo(3600 * 0.6, 9);
  });

  it('leaves out what is listed when its pod holds no place any more', () => {
    const ended = run([0, 300, 300, 240, ...Array(8).fill(0)], {
      coreSeconds: [NaN, 150, 150, 0, ...Array(8).fill(NaN)],
    });
    const placed = [0, 270, 300, 30, ...Array(8).fill(0)];
    const usage = usageOfNamed([ended], { placed, placedWithin: 60 });
    expect(usage?.seconds).toEqual(placed);
    expect(sum(usage?.byteSeconds)).toBe(600 * 4 * GIB);
    expect(sum(usage?.coreSeconds)).toBe(300);
    // A scrape or two more are no ghost.
    const within = usageOfNamed([ended], { placed, placedWithin: 240 });
    expect(sum(within?.seconds)).toBe(840);
    expect(
      usageOfNamed([ended], { placed: Array(12).fill(0) }),
    ).toBeUndefined();
  });

  it('is undefined in an hour in which nothing was seen', () => {
    expect(usageOfNamed([run(Array(12).fill(0))])).toBeUndefined();
  });
});
