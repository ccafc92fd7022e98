import { Steering } from '@headroom/common';
import {
  codesFor,
  digestsOf,
  factsOf,
  GIB,
  inputOf,
  SPEC,
  workloadOf,
} from '../__testUtils__/builders';
import { adviseContainer } from '../adviseContainer';
import { AdviceInput } from '../types';

describe('advice with what steers the workload', () => {
  const vpa = (
    more: Partial<Extract<Steering, { kind: 'VerticalPodAutoscaler' }>>,
  ): Steering => ({
    kind: 'VerticalPodAutoscaler',
    name: 'cart',
    target: workloadOf('Deployment'),
    updateMode: 'Off',
    controlled: [],
    recommendations: [
      { container: 'app', target: { cpuCores: 0.3, memoryBytes: 2 * GIB } },
    ],
    ...more,
  });
  const hpa = (
    metrics: Extract<Steering, { kind: 'HorizontalPodAutoscaler' }>['metrics'],
    name = 'cart',
  ): Steering => ({
    kind: 'HorizontalPodAutoscaler',
    name,
    target: workloadOf('Deployment'),
    minReplicas: 2,
    maxReplicas: 10,
    metrics,
    otherMetrics: 0,
  });
  const advise = (
    steering: Steering[] | undefined,
    more?: Partial<AdviceInput>,
  ) => adviseContainer(inputOf({ digests: digestsOf(28), steering, ...more }));

  it('not known: held', () => {
    const { cpu, memory } = advise(undefined);
    expect(codesFor(cpu)).toEqual(['steering-unknown']);
    expect(memory.status).toBe('withheld');
    expect(cpu.held).toBeDefined();
  });

  it('a VPA that only recommends: side by side', () => {
    const advice = advise([vpa({})]);
    expect(advice.status).toBe('change');
    expect(advice.vpa).toMatchObject({
      name: 'cart',
      updateMode: 'Off',
      target: { cpuCores: 0.3 },
    });
  });

  it('a VPA that sets a resource: held, the other is not', () => {
    const advice = advise([
      vpa({
        updateMode: 'InPlaceOrRecreate',
        controlled: [
          {
            container: '*',
            mode: 'Auto',
            resources: ['memory'],
            values: 'RequestsOnly',
          },
        ],
      }),
    ]);
    expect(advice.cpu.status).toBe('change');
    expect(codesFor(advice.memory)).toContain('vpa-controls');
    expect(advice.memory.held).toBeDefined();
  });

  it('two of a kind: held', () => {
    const advice = advise([vpa({}), vpa({ name: 'goldilocks-cart' })]);
    expect(codesFor(advice.cpu)).toContain('several-controllers');
    expect(advice.cpu.reasons[0].message).toContain('goldilocks-cart');
  });

  it('an HPA on CPU: request and target move together', () => {
    const spec = { ...SPEC, cpuRequestCores: 0.35 };
    const advice = advise([hpa([{ resource: 'cpu', targetUtilization: 50 }])], {
      spec,
    });
    const { request } = advice.cpu.proposed!;
    const [move] = advice.hpa;
    expect(move).toMatchObject({ name: 'cart', currentTarget: 50 });
    expect(Number.isInteger(move.proposedTarget)).toBe(true);
    expect(request * move.proposedTarget).toBeGreaterThanOrEqual(17.5);
    expect(request * move.proposedTarget).toBeLessThan(17.6);
    expect(codesFor(advice.cpu)).toContain('hpa-moved');
  });

  it('an HPA whose target would leave 50–90 %: as far as it goes, or held', () => {
    const metrics = [{ resource: 'cpu' as const, targetUtilization: 80 }];
    const advice = advise([hpa(metrics)]);
    // 2 cores at 80 % scale at 1.6: at 90 % that is 1.778 cores.
    expect(advice.cpu.proposed?.request).toBe(1.778);
    expect(advice.hpa[0].proposedTarget).toBe(90);
    const low = advise([hpa([{ resource: 'cpu', targetUtilization: 60 }])], {
      spec: { ...SPEC, cpuRequestCores: 0.1 },
    });
    expect(codesFor(low.cpu)).toContain('hpa-custom-target');
    expect(low.cpu.held?.request).toBeGreaterThan(0.2);
  });

  it('an HPA over all containers of a pod: held when there are several', () => {
    const metrics = [{ resource: 'cpu' as const, targetUtilization: 70 }];
    for (const containersInPod of [2, undefined]) {
      const advice = advise([hpa(metrics)], {
        facts: factsOf({ containersInPod }),
      });
      expect(codesFor(advice.cpu)).toContain('hpa-custom-target');
    }
    const own = advise([hpa([{ ...metrics[0], container: 'app' }])], {
      facts: factsOf({ containersInPod: 2 }),
    });
    expect(own.hpa).toHaveLength(1);
    const other = advise([hpa([{ ...metrics[0], container: 'proxy' }])]);
    expect(other.hpa).toHaveLength(0);
    expect(other.cpu.proposed?.request).toBeLessThan(0.3);
  });

  it('an HPA with a target of the pod and one of the container: held', () => {
    const metric = { resource: 'cpu' as const, targetUtilization: 50 };
    const advice = advise([
      hpa([metric, { ...metric, container: 'app', targetUtilization: 70 }]),
    ]);
    expect(advice.hpa).toEqual([]);
    expect(advice.cpu.status).toBe('withheld');
    expect(
      advice.cpu.reasons.find(({ code }) => code === 'hpa-custom-target')
        ?.message,
    ).toMatch(/by 2 targets/);
  });

  it('an HPA on an amount of CPU: requests are free', () => {
    const advice = advise([
      hpa([{ resource: 'cpu', targetAverageValue: 0.5 }]),
    ]);
    expect(advice.cpu.proposed?.request).toBeLessThan(0.3);
    expect(advice.hpa).toEqual([]);
  });

  it('an HPA on memory: memory is held', () => {
    const advice = advise([
      hpa([{ resource: 'memory', targetUtilization: 80 }]),
    ]);
    expect(codesFor(advice.memory)).toContain('hpa-memory');
    expect(advice.cpu.status).toBe('change');
  });

  it('KEDA: the ScaledObject moves, not the HPA it writes', () => {
    const metrics = [{ resource: 'cpu' as const, targetUtilization: 50 }];
    const written = {
      ...hpa(metrics, 'keda-hpa-cart'),
      ownedBy: 'cart',
    } as Steering;
    const scaledObject: Steering = {
      kind: 'ScaledObject',
      name: 'cart',
      target: workloadOf('Deployment'),
      minReplicas: 1,
      maxReplicas: 5,
      metrics,
      otherMetrics: 1,
      paused: false,
    };
    const spec = { ...SPEC, cpuRequestCores: 0.35 };
    for (const steering of [[scaledObject, written], [written]]) {
      const advice = advise(steering, { spec });
      expect(advice.hpa).toMatchObject([
        { kind: 'ScaledObject', name: 'cart' },
      ]);
    }
  });
});
