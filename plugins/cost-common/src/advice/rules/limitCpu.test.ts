import { wordRoom } from '../messages/room';
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
import { CpuLimitInput, limitCpu } from './limitCpu';

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
});

describe('limitCpu', () => {
  const given = {
    code: 'limit-range' as const,
    says: wordRoom('limitRequired', {
      object: 'LimitRange a',
      resource: 'cpu',
    }),
  };
  const limitOf = (more: Partial<CpuLimitInput>) =>
    limitCpu({
      request: 0.5,
      leastLimit: 0.8,
      current: {},
      guaranteed: false,
      policy: { cpuLimit: 'none' },
      room: {},
      ...more,
    }).limit;

  it.each<[string, Partial<CpuLimitInput>, number | null]>([
    ['none by default', {}, null],
    ['none, whatever there is', { current: { limit: 4 } }, null],
    ['the request in a pod of class Guaranteed', { guaranteed: true }, 0.5],
    ['twice the request', { policy: LIMITED }, 1],
    ['no less than the peak', { policy: LIMITED, leastLimit: 1.0004 }, 1.001],
    ['what a LimitRange gives', { room: { limit: { ...given, value: 2 } } }, 2],
    [
      'the peak where it gives less',
      { room: { limit: { ...given, value: 0.6 } } },
      0.8,
    ],
    [
      'the one there is before what it gives',
      { current: { limit: 3 }, room: { limit: { ...given, value: 2 } } },
      3,
    ],
    [
      'the peak where pods without one are refused',
      { room: { limit: given } },
      0.8,
    ],
  ])('is %s', (_, more, limit) => {
    expect(limitOf(more)).toBe(limit);
  });
});
