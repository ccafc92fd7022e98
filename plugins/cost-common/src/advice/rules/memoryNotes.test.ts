import {
  codesFor,
  digestsOf,
  factsOf,
  GIB,
  inputOf,
  MIB,
} from '../__testUtils__/builders';
import { adviseContainer } from '../adviseContainer';

describe('what is said beside a memory setting', () => {
  it('a JVM: memory is held, and says what shows it and what the limit must hold', () => {
    const advice = adviseContainer(
      inputOf({
        digests: digestsOf(28),
        facts: factsOf({
          fixedHeap: {
            runtime: 'jvm',
            evidence: 'JAVA_TOOL_OPTIONS=-Xmx2g',
            heapBytes: 2 * GIB,
          },
        }),
      }),
    );
    expect(advice.memory.status).toBe('withheld');
    expect(advice.memory.proposed).toBeUndefined();
    expect(advice.memory.held).toEqual({
      request: 2.5 * GIB,
      limit: 2.5 * GIB,
    });
    const [reason] = advice.memory.reasons;
    expect(reason.code).toBe('fixed-heap');
    expect(reason.message).toContain('JAVA_TOOL_OPTIONS=-Xmx2g');
    expect(reason.message).toContain('2.5 GiB');
    expect(advice.cpu.status).toBe('change');
  });

  it('memory-backed volumes: held', () => {
    const advice = adviseContainer(
      inputOf({
        digests: digestsOf(28),
        facts: factsOf({ memoryVolumes: true }),
      }),
    );
    expect(codesFor(advice.memory)).toContain('memory-volumes');
    expect(advice.memory.status).toBe('withheld');
  });

  it.each([
    [
      'a share of the limit',
      { heapShareOfLimit: 0.75 },
      /The heap is 75 % of the limit, so a lower limit makes it smaller/,
    ],
    ['not known', {}, /Set the heap first, and then the limit to the heap/],
  ])('a heap of a size that is %s', (_, size, words) => {
    const fixedHeap = { runtime: 'jvm', evidence: 'image eclipse-temurin' };
    const { memory } = adviseContainer(
      inputOf({
        digests: digestsOf(28),
        facts: factsOf({ fixedHeap: { ...fixedHeap, ...size } }),
      }),
    );
    expect(memory.reasons[0].message).toMatch(words);
    expect(memory.reasons[0].message).toContain('image eclipse-temurin');
  });

  it.each([
    [1.19, false],
    [1.22, true],
  ])('a start at %d times the usual p99 is said', (times, expected) => {
    const digests = digestsOf(28, {
      startup: { starts: 1, cpuCores: 0, memoryBytes: times * GIB },
    });
    const { memory } = adviseContainer(inputOf({ digests }));
    expect(codesFor(memory).includes('startup-peak')).toBe(expected);
    expect(memory.proposed?.request).toBe(Math.ceil(times * 1.15 * 1024) * MIB);
  });
});
