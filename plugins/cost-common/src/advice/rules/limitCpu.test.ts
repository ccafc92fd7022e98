import {
  appetiteOf,
  codesFor,
  digestsOf,
  GIB,
  inputOf,
  LIMITED,
  SPEC,
  Usage,
} from '../__testUtils__/builders';
import { adviseContainer } from '../adviseContainer';

describe('CPU limits', () => {
  it('start-up: memory and the CPU limit leave room for it, and it is said', () => {
    const digests = digestsOf(14, {
      startup: { starts: 1, cpuCores: 3, memoryBytes: 2 * GIB },
    });
    const spec = { ...SPEC, cpuLimitCores: 4 };
    const advice = adviseContainer(
      inputOf({
        digests: digests.map(d => ({ ...d, specs: [{ fromSlot: 0, spec }] })),
        spec,
        policy: LIMITED,
      }),
    );
    expect(advice.cpu.proposed?.request).toBeLessThan(0.3);
    expect(advice.cpu.proposed?.limit).toBe(3.3);
    expect(codesFor(advice.cpu)).toContain('startup-peak');
    expect(advice.memory.proposed?.limit).toBeGreaterThan(2 * GIB);
    expect(codesFor(advice.memory)).toContain('startup-peak');
  });

  it('CPU limits: left off by default', () => {
    const spec = { ...SPEC, cpuLimitCores: 4 };
    const advice = adviseContainer(
      inputOf({ digests: digestsOf(14, { spec }), spec }),
    );
    expect(advice.cpu.proposed?.limit).toBeNull();
    expect(codesFor(advice.cpu)).toContain('limit-removed');
  });

  it('CPU limits: as many times the request as the policy says, never below the peak', () => {
    const spike: Usage = (slot, day) => (day === 5 && slot === 7 ? 1.2 : 0.2);
    const advice = adviseContainer(
      inputOf({
        digests: digestsOf(28, { cpu: spike }),
        policy: LIMITED,
        appetite: appetiteOf('dev'),
      }),
    );
    const { request, limit } = advice.cpu.proposed!;
    expect(request).toBeLessThan(0.4);
    expect(limit).toBe(1.2);
    const steady = adviseContainer(
      inputOf({ digests: digestsOf(28), policy: LIMITED }),
    );
    const { proposed } = steady.cpu;
    expect(proposed?.limit).toBeCloseTo(2 * proposed!.request, 6);
  });

  it('throttling: usage is cut off at the limit, so nothing is lowered', () => {
    const spec = { ...SPEC, cpuRequestCores: 0.4, cpuLimitCores: 0.5 };
    const shape = { spec, cpu: () => 0.3, throttledShare: 0.6 };
    const input = inputOf({ digests: digestsOf(28, shape), spec });
    const open = adviseContainer(input);
    expect(open.cpu.proposed).toEqual({ request: 0.4, limit: null });
    expect(codesFor(open.cpu)).toContain('throttled');
    const limited = adviseContainer({ ...input, policy: LIMITED });
    expect(limited.cpu.proposed).toEqual({ request: 0.4, limit: 0.8 });
    const calm = adviseContainer({
      ...input,
      digests: digestsOf(28, { ...shape, throttledShare: 0.01 }),
    });
    expect(calm.cpu.proposed?.request).toBeLessThan(0.4);
  });
});
