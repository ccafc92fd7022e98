import { Copy } from './Copy';
import { usageOfRun } from './usageOfRun';

const GIB = 2 ** 30;
const MACHINE = { cpuCores: 8, memoryBytes: 32 * GIB };

/** A cgroup by slots: GiB (mean, highest), cores, and slots in which memory read 0. */
function copy(
  memory: number[],
  { peak = memory, cores = memory.map(() => 0.5), zeros = [] as number[] } = {},
): Copy {
  const cpu = cores.reduce<number[]>(
    (list, each) => [...list, list[list.length - 1] + each * 300],
    [1000],
  );
  const nothing = memory.map(() => NaN);
  return {
    cpu: Float64Array.from(cpu),
    cpuFirst: Float64Array.from([NaN, ...nothing]),
    cpuRate: Float64Array.from(nothing),
    seen: Float64Array.from(cpu.map(() => 10)),
    seconds: new Float64Array(memory.length).fill(300),
    memory: Float64Array.from(memory, each => each * GIB),
    memoryPeak: Float64Array.from(peak, each => each * GIB),
    memoryZero: Uint8Array.from(memory, (_, slot) =>
      zeros.includes(slot) ? 1 : 0,
    ),
  };
}

const usageOf = (one: Copy) => {
  const { memoryBytes, memoryPeak, setAside } = usageOfRun(
    [one],
    MACHINE,
    () => false,
  );
  const inGib = (values: Float64Array) => [...values].map(each => each / GIB);
  return { memory: inGib(memoryBytes), peak: inGib(memoryPeak), setAside };
};

describe('usageOfRun', () => {
  it('does not believe that what runs has no memory', () => {
    const read = copy([4, 2, 0, 4], { peak: [4, 4, 0, 4], zeros: [1, 2] });
    expect(usageOf(read)).toEqual({
      memory: [4, NaN, NaN, 4],
      peak: [4, 4, NaN, 4],
      setAside: { tooHigh: 0, tooLow: 2 },
    });
  });

  it('believes it of what uses no CPU either', () => {
    const asleep = copy([0, 0], { cores: [0, 0], zeros: [0, 1] });
    expect(usageOf(asleep)).toEqual({
      memory: [0, 0],
      peak: [0, 0],
      setAside: { tooHigh: 0, tooLow: 0 },
    });
    // It ends in the second slot.
    const ended = copy([4, 2, 0], {
      peak: [4, 4, 0],
      cores: [0.5, 0.25, 0],
      zeros: [1, 2],
    });
    expect(usageOf(ended).memory).toEqual([4, 2, 0]);
  });

  it('does not believe more memory than the machine has', () => {
    expect(usageOf(copy([4, 2 ** 33]))).toEqual({
      memory: [4, NaN],
      peak: [4, NaN],
      setAside: { tooHigh: 2, tooLow: 0 },
    });
  });
});
