import {
  codesFor,
  digestsOf,
  GIB,
  inputOf,
  POLICY,
} from '../__testUtils__/builders';
import { adviseContainer } from '../adviseContainer';
import { explainAdvice } from '../output/explainAdvice';
import { AdviceInput, OtherContainer } from '../types';
import { podClassOf, wholeCores } from './guaranteed';

/** Four whole cores and 4 GiB, request = limit. */
const SPEC = {
  cpuRequestCores: 4,
  cpuLimitCores: 4,
  memoryRequestBytes: 4 * GIB,
  memoryLimitBytes: 4 * GIB,
};
const even: OtherContainer = {
  name: 'proxy',
  role: 'sidecar',
  cpuLimitCores: 0.5,
  memoryLimitBytes: GIB,
};
const facts = (
  otherContainers: OtherContainer[] = [],
): AdviceInput['facts'] => ({
  name: 'app',
  role: 'main',
  spec: SPEC,
  containersInPod: 1 + otherContainers.filter(c => c.role !== 'init').length,
  otherContainers,
});
/** Asks for 2.73 cores by itself. */
const advise = (change: Partial<AdviceInput> = {}, cores = 2.6) => {
  const spec = change.spec ?? SPEC;
  return adviseContainer(
    inputOf({
      digests: digestsOf(28, { spec, cpu: () => cores }),
      spec,
      facts: facts(),
      ...change,
    }),
  );
};

describe('podClassOf', () => {
  it.each([
    ['alone', [], true],
    ['beside a sidecar that is even, by its limits alone', [even], true],
    [
      'beside a sidecar with a limit above its request',
      [{ ...even, cpuRequestCores: 0.1 }],
      false,
    ],
    [
      'beside one without limits',
      [{ name: 'x', role: 'main' as const }],
      false,
    ],
    [
      'beside an init container without a memory limit',
      [{ name: 'x', role: 'init' as const, cpuLimitCores: 1 }],
      false,
    ],
  ])('%s', (_, others, guaranteed) => {
    expect(podClassOf({ spec: SPEC, facts: facts(others) })).toEqual({
      guaranteed,
      exclusiveCores: guaranteed,
    });
  });

  it('may be, where the other containers are not known', () => {
    expect(podClassOf({ spec: SPEC, facts: undefined }).guaranteed).toBe(
      'maybe',
    );
    const limit = { ...SPEC, memoryRequestBytes: 2 * GIB };
    expect(podClassOf({ spec: limit, facts: undefined }).guaranteed).toBe(
      false,
    );
  });

  it('is by what a LimitRange gives, too', () => {
    const bare: OtherContainer = { name: 'x', role: 'main' };
    const line = { type: 'Container' as const };
    const limits = [
      {
        kind: 'LimitRange' as const,
        namespace: 'shop',
        name: 'l',
        lines: [
          { ...line, resource: 'cpu' as const, default: 1 },
          { ...line, resource: 'memory' as const, default: GIB },
        ],
      },
    ];
    const pod = { spec: SPEC, facts: facts([bare]) };
    expect(podClassOf(pod).guaranteed).toBe(false);
    expect(podClassOf({ ...pod, limits }).guaranteed).toBe(true);
  });

  it('is by the pod where requests are on it, and its cores are shared', () => {
    const podSpec = { cpuLimitCores: 4, memoryLimitBytes: 8 * GIB };
    const bare: OtherContainer = { name: 'x', role: 'main' };
    const pod = { spec: {}, facts: { ...facts([bare])!, podSpec } };
    expect(podClassOf(pod)).toEqual({
      guaranteed: true,
      exclusiveCores: false,
    });
    const burstable = { ...podSpec, cpuRequestCores: 1 };
    expect(
      podClassOf({ ...pod, facts: { ...pod.facts, podSpec: burstable } })
        .guaranteed,
    ).toBe(false);
  });

  it.each([
    [2.73, 3],
    [3, 3],
    [0.2, 1],
    [2.0000000000001, 2],
  ])('%d cores in whole ones', (cores, whole) => {
    expect(wholeCores(cores)).toBe(whole);
  });
});

describe('advice on a container of a Guaranteed pod', () => {
  it('keeps request = limit in whole cores, and says why', () => {
    const advice = advise();
    expect(advice.cpu.proposed).toEqual({ request: 3, limit: 3 });
    expect(advice.cpu.rule).toMatchObject({ kind: 'whole-cores' });
    expect(codesFor(advice.cpu)).toEqual(
      expect.arrayContaining(['exclusive-cores', 'guaranteed-kept']),
    );
    expect(codesFor(advice.cpu)).not.toContain('limit-removed');
    const { request, limit } = advice.memory.proposed!;
    expect(limit).toBe(request);
    expect(explainAdvice(advice).cpu.message).toMatch(
      /^Set the request to 3 cores instead of 4 cores, and the limit to 3 cores\. Usage asks for 2\.\d+ cores, which is rounded up to whole cores/,
    );
  });

  it('leaves the room a limit leaves: to the highest peak and the start', () => {
    const digests = digestsOf(28, day => ({
      spec: SPEC,
      cpu: slot => (slot === 100 && day === 3 ? 3.4 : 1),
    }));
    const spiky = advise({ digests });
    expect(spiky.cpu.status).toBe('keep');
    const start = { starts: 1, cpuCores: 2.5, memoryBytes: GIB };
    const starting = advise({
      digests: digestsOf(28, { spec: SPEC, cpu: () => 1, startup: start }),
    });
    expect(starting.cpu.proposed).toEqual({ request: 3, limit: 3 });
  });

  it('does not round where cores are not whole', () => {
    const spec = { ...SPEC, cpuRequestCores: 4.5, cpuLimitCores: 4.5 };
    const { cpu } = advise({ spec });
    expect(cpu.proposed?.limit).toBe(cpu.proposed?.request);
    expect(cpu.proposed?.request).toBeLessThan(3);
    expect(codesFor(cpu)).not.toContain('exclusive-cores');
  });

  it('leaves out the memory ratio, and says so', () => {
    const policy = { ...POLICY, memoryLimitRatio: 1.5 };
    const { memory } = advise({ policy });
    expect(memory.proposed?.limit).toBe(memory.proposed?.request);
    expect(codesFor(memory)).toContain('guaranteed-kept');
  });

  it('is free where another container is not even: the pod is Burstable', () => {
    const { cpu } = advise({
      facts: facts([{ ...even, cpuRequestCores: 0.1 }]),
    });
    expect(cpu.proposed?.limit).toBeNull();
    expect(codesFor(cpu)).toContain('limit-removed');
  });

  it('says what is lost where policy goes first', () => {
    const policy = { ...POLICY, keepGuaranteed: false };
    const { cpu } = advise({ policy });
    expect(cpu.proposed?.limit).toBeNull();
    const lost = cpu.reasons.find(({ code }) => code === 'guaranteed-lost');
    expect(lost?.message).toMatch(/no longer of class Guaranteed/);
    expect(lost?.message).toMatch(/static CPU manager/);
    const shared = advise({
      policy,
      spec: { ...SPEC, cpuRequestCores: 4.5, cpuLimitCores: 4.5 },
    });
    expect(
      shared.cpu.reasons.find(({ code }) => code === 'guaranteed-lost')
        ?.message,
    ).not.toMatch(/static CPU manager/);
  });

  it('raises both when it is throttled', () => {
    const spec = { ...SPEC, cpuRequestCores: 2, cpuLimitCores: 2 };
    const { cpu } = advise({
      spec,
      digests: digestsOf(28, { spec, cpu: () => 1.9, throttledShare: 0.5 }),
    });
    expect(cpu.proposed).toEqual({ request: 3, limit: 3 });
  });

  it('an autoscaler on CPU: whole cores whose target is a whole percent, or none', () => {
    const hpa = (targetUtilization: number) => ({
      kind: 'HorizontalPodAutoscaler' as const,
      name: 'cart',
      target: { namespace: 'shop', kind: 'Deployment', name: 'cart' },
      minReplicas: 2,
      maxReplicas: 9,
      metrics: [{ resource: 'cpu' as const, targetUtilization }],
      otherMetrics: 0,
    });
    // 4 cores at 60 % scale at 2.4, as 3 cores at 80 % do.
    const moved = advise({ steering: [hpa(60)] });
    expect(moved.cpu.proposed).toEqual({ request: 3, limit: 3 });
    expect(moved.hpa).toMatchObject([
      { currentTarget: 60, proposedTarget: 80 },
    ]);
    // 2.6 is no whole percent of 3 cores.
    const kept = advise({ steering: [hpa(65)] });
    expect(kept.cpu.status).toBe('keep');
    expect(kept.hpa).toEqual([]);
  });
});
