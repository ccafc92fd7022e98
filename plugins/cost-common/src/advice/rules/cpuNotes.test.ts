import {
  codesFor,
  digestsOf,
  GIB,
  inputOf,
  LIMITED,
  POLICY,
  SPEC,
} from '../__testUtils__/builders';
import { adviseContainer } from '../adviseContainer';

describe('what is said beside a CPU setting', () => {
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

  it.each([
    [0.249, false],
    [0.25, true],
  ])('throttled in %d of the periods', (throttledShare, expected) => {
    const spec = { ...SPEC, cpuLimitCores: 4 };
    const digests = digestsOf(28, { throttledShare, spec });
    const { cpu } = adviseContainer(inputOf({ digests, spec }));
    expect(codesFor(cpu).includes('throttled')).toBe(expected);
  });

  it.each([
    [2, false],
    [2.01, true],
  ])('a start at %d times the request is said', (times, expected) => {
    const { cpu } = adviseContainer(inputOf({ digests: digestsOf(28) }));
    const digests = digestsOf(28, {
      startup: {
        starts: 1,
        cpuCores: times * cpu.proposed!.request,
        memoryBytes: GIB,
      },
    });
    const started = adviseContainer(inputOf({ digests }));
    expect(codesFor(started.cpu).includes('startup-peak')).toBe(expected);
  });

  it.each([
    ['left off', POLICY, 'and no limit stands in its way'],
    ['kept', LIMITED, 'and the limit leaves room for it'],
  ])('a start, with the limit %s', (_, policy, words) => {
    const digests = digestsOf(28, {
      startup: { starts: 1, cpuCores: 3, memoryBytes: GIB },
    });
    const { cpu } = adviseContainer(inputOf({ digests, policy }));
    expect(
      cpu.reasons.find(({ code }) => code === 'startup-peak')?.message,
    ).toContain(
      `A start takes 3 cores, which is more than the request, ${words}`,
    );
  });
});
