import { digestsOf, inputOf, POLICY, SPEC } from '../__testUtils__/builders';
import { contextsOf, keepsGuaranteed } from './context';

describe('what the rules of a resource read', () => {
  it('is worked out once where the same days count for both', () => {
    const { cpu, memory } = contextsOf(inputOf({ digests: digestsOf(28) }));
    expect(memory.summary).toBe(cpu.summary);
    expect(memory.used.days).toBe(cpu.used.days);
  });

  it('is of its own days where a limit changed', () => {
    const digests = digestsOf(28, day => ({
      spec: { ...SPEC, cpuLimitCores: day < 20 ? 0.2 : 1 },
      throttledShare: day < 20 ? 0.5 : 0,
      startup: { starts: 1, cpuCores: day < 20 ? 3 : 1, memoryBytes: 1 },
    }));
    const { cpu, memory } = contextsOf(inputOf({ digests }));
    expect(cpu.used.days).toHaveLength(8);
    expect(cpu.summary).toMatchObject({
      throttledShare: 0,
      startup: { starts: 8, cpuCores: 1 },
    });
    expect(memory.used.days).toHaveLength(28);
    expect(memory.summary.usage.memory).toBeDefined();
  });

  it.each([
    [undefined, true],
    [true, true],
    [false, false],
  ])('keeps the class Guaranteed unless policy says %s', (kept, expected) => {
    const spec = {
      cpuRequestCores: 1,
      cpuLimitCores: 1,
      memoryRequestBytes: 1e9,
      memoryLimitBytes: 1e9,
    };
    const { cpu } = contextsOf(
      inputOf({
        digests: digestsOf(28),
        spec,
        policy: { ...POLICY, keepGuaranteed: kept },
      }),
    );
    expect(keepsGuaranteed(cpu)).toBe(expected);
  });
});
