import { parse, parseAllDocuments } from 'yaml';
import { adviseContainer } from '../adviseContainer';
import {
  digestsOf,
  GIB,
  inputOf,
  MIB,
  POLICY,
  SPEC,
} from '../__testUtils__/builders';
import { Steering } from '@headroom/common';
import { AdviceInput } from '../types';
import { wordCores } from '../messages/amounts';
import { explainAdvice } from './explainAdvice';
import { bytesText, cpuQuantity, memoryQuantity } from './quantities';
import { renderPatches } from './renderPatches';

const advise = (more: Partial<AdviceInput> = {}) =>
  adviseContainer(inputOf({ digests: digestsOf(28), ...more }));
const limited = { ...SPEC, cpuLimitCores: 4 };
const withLimit = {
  spec: limited,
  digests: digestsOf(28, { spec: limited }),
};
const hpa = (otherMetrics = 0): Steering => ({
  kind: 'HorizontalPodAutoscaler',
  name: 'cart',
  target: { namespace: 'shop', kind: 'Deployment', name: 'cart' },
  minReplicas: 1,
  maxReplicas: 9,
  metrics: [
    { resource: 'cpu', targetUtilization: 60 },
    { resource: 'memory', targetAverageValue: 2 * GIB },
  ],
  otherMetrics,
});

describe('quantities', () => {
  it.each([
    [0.85, '850m', '850m'],
    [1, '1 core', '1'],
    [1.5, '1.5 cores', '1500m'],
    [0.0004, '1m', '1m'],
  ])('%d cores', (cores, text, quantity) => {
    const words = wordCores(cores);
    expect(typeof words === 'string' ? words : words.message).toBe(text);
    expect(cpuQuantity(cores)).toBe(quantity);
  });

  it.each([
    [1536 * MIB, '1.5 GiB', '1536Mi'],
    [2 * GIB, '2 GiB', '2Gi'],
    [300 * MIB, '300 MiB', '300Mi'],
    [1234.2, '1.21 KiB', '1235'],
  ])('%d bytes', (bytes, text, quantity) => {
    expect(bytesText(bytes)).toBe(text);
    expect(memoryQuantity(bytes)).toBe(quantity);
  });
});

describe('explainAdvice', () => {
  it('says what to set, from what, and why', () => {
    const { cpu, memory } = explainAdvice(advise());
    expect(cpu.message).toMatch(
      /^Set the request to 203m instead of 2 cores, without a limit\. It covers .* 28 days that count, with 2 % to spare\. Of all rules .* at risk appetite standard\.$/,
    );
    expect(memory.message).toBe(
      'Set the request to 1.15 GiB instead of 4 GiB, and the limit to 1.15 GiB. It covers the highest usage of 28 days, 1 GiB, with 15 % to spare.',
    );
  });

  it('says why not, and what it would be', () => {
    const { memory } = explainAdvice(advise({ steering: undefined }));
    expect(memory.message).toMatch(
      /^No change is advised\. The autoscalers of this workload could not be read, .* But for that, the request would be 1.15 GiB\. It covers /,
    );
    const { cpu } = explainAdvice(advise({ digests: digestsOf(5) }));
    expect(cpu.message).toBe(
      'No change is advised. There are 5 days of usage, and advice takes 14.',
    );
  });

  it('says what to keep, what is set for the first time, and which limit', () => {
    const keep = advise({ spec: { ...SPEC, cpuRequestCores: 0.203 } });
    expect(explainAdvice(keep).cpu.message).toMatch(
      /^Keep the request of 203m\. It covers /,
    );
    const close = advise({ spec: { ...SPEC, cpuRequestCores: 0.207 } });
    expect(explainAdvice(close).cpu.message).toBe(
      'Keep the request of 207m. What usage asks for is too close to that to be worth a change.',
    );
    const first = advise({ spec: {}, facts: undefined });
    expect(explainAdvice(first).cpu.message).toMatch(
      /^Set a request of 203m, where there is none now, without a limit\./,
    );
    expect(explainAdvice(first).memory.message).toMatch(
      /^Set a request of 1.15 GiB, where there is none now, and a limit of 1.15 GiB\./,
    );
    const policy = { ...POLICY, cpuLimit: { timesRequest: 2 } };
    const limit = advise({
      spec: { cpuRequestCores: 0.203 },
      facts: undefined,
      policy,
    });
    expect(explainAdvice(limit).cpu.message).toMatch(
      /^Keep the request of 203m, and set the limit to 406m\./,
    );
    const off = advise({
      spec: { cpuRequestCores: 0.203, cpuLimitCores: 4 },
      facts: undefined,
    });
    expect(explainAdvice(off).cpu.message).toMatch(
      /^Keep the request of 203m, and leave the limit off\./,
    );
  });

  it('shows a reason that was stored as text alone', () => {
    const advice = advise({ digests: digestsOf(5) });
    const [reason] = advice.cpu.reasons;
    const stored = {
      ...advice,
      cpu: {
        ...advice.cpu,
        reasons: [{ code: reason.code, message: '5 days of usage.' }],
      },
    };
    expect(explainAdvice(stored).cpu).toEqual({
      message: 'No change is advised. 5 days of usage.',
    });
  });
});

describe('renderPatches', () => {
  it('merges into the container by name, a limit to leave off as null', () => {
    const advice = advise(withLimit);
    const patch = parse(renderPatches(advice)!.strategicMerge);
    expect(patch).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'cart', namespace: 'shop' },
      spec: {
        template: {
          spec: {
            containers: [
              {
                name: 'app',
                resources: {
                  requests: {
                    cpu: cpuQuantity(advice.cpu.proposed!.request),
                    memory: '1178Mi',
                  },
                  limits: { cpu: null, memory: '1178Mi' },
                },
              },
            ],
          },
        },
      },
    });
  });

  it('says nothing of what does not change', () => {
    const advice = advise({
      facts: { name: 'app', role: 'main', spec: SPEC, memoryVolumes: true },
    });
    const { resources } = parse(renderPatches(advice)!.helmValues);
    expect(Object.keys(resources)).toEqual(['requests']);
    expect(Object.keys(resources.requests)).toEqual(['cpu']);
    expect(renderPatches(advise({ steering: undefined }))).toBeUndefined();
  });

  it('is a kustomization whose patch targets the workload', () => {
    const advice = advise({
      ...withLimit,
      workload: { namespace: 'shop', kind: 'StatefulSet', name: 'cart.v1' },
    });
    const { strategicMerge, kustomize } = renderPatches(advice)!;
    const file = parse(kustomize);
    expect(file.kind).toBe('Kustomization');
    expect(file.patches).toHaveLength(1);
    expect(file.patches[0].target).toEqual({
      kind: 'StatefulSet',
      name: 'cart\\.v1',
      namespace: 'shop',
    });
    expect(parse(file.patches[0].patch)).toEqual(parse(strategicMerge));
  });

  it('moves the HPA with the request, keeping its other metrics', () => {
    const spec = { ...SPEC, cpuRequestCores: 0.3 };
    const advice = advise({ spec, steering: [hpa()] });
    const target = advice.hpa[0].proposedTarget;
    const { strategicMerge, kustomize, helmValues } = renderPatches(advice)!;
    const [, scaler] = parseAllDocuments(strategicMerge).map(d => d.toJS());
    expect(scaler).toEqual({
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'cart', namespace: 'shop' },
      spec: {
        metrics: [
          {
            type: 'Resource',
            resource: {
              name: 'cpu',
              target: { type: 'Utilization', averageUtilization: target },
            },
          },
          {
            type: 'Resource',
            resource: {
              name: 'memory',
              target: { type: 'AverageValue', averageValue: '2Gi' },
            },
          },
        ],
      },
    });
    expect(parse(parse(kustomize).patches[1].patch)).toEqual(scaler);
    expect(parse(helmValues).autoscaling).toEqual({
      targetCPUUtilizationPercentage: target,
    });
  });

  it('says what to set where a patch would take other metrics away', () => {
    const spec = { ...SPEC, cpuRequestCores: 0.3 };
    const advice = advise({ spec, steering: [hpa(1)] });
    const { strategicMerge, kustomize } = renderPatches(advice)!;
    const target = advice.hpa[0].proposedTarget;
    for (const text of [strategicMerge, kustomize]) {
      expect(text).toContain(`cpu from 60 % to ${target} %`);
      expect(text).not.toContain('averageUtilization');
    }
    expect(parse(kustomize).patches).toHaveLength(1);
  });

  it('moves the trigger of a ScaledObject', () => {
    const spec = { ...SPEC, cpuRequestCores: 0.3 };
    const { minReplicas, maxReplicas, target } = hpa() as Extract<
      Steering,
      { kind: 'HorizontalPodAutoscaler' }
    >;
    const advice = advise({
      spec,
      steering: [
        {
          kind: 'ScaledObject',
          name: 'cart',
          target,
          minReplicas,
          maxReplicas,
          metrics: [{ resource: 'cpu', targetUtilization: 60 }],
          otherMetrics: 0,
          paused: false,
        },
      ],
    });
    const [, scaler] = parseAllDocuments(
      renderPatches(advice)!.strategicMerge,
    ).map(d => d.toJS());
    expect(scaler.apiVersion).toBe('keda.sh/v1alpha1');
    expect(scaler.spec.triggers).toEqual([
      {
        type: 'cpu',
        metricType: 'Utilization',
        metadata: { value: `${advice.hpa[0].proposedTarget}` },
      },
    ]);
  });

  it('finds the pod template of a CronJob, and init containers', () => {
    const runs = digestsOf(14, day => ({
      runs: [{ run: `r${day}`, cpuCores: 0.2, memoryBytes: GIB, slots: 3 }],
    }));
    const cron = advise({
      digests: runs,
      workload: { namespace: 'shop', kind: 'CronJob', name: 'cart' },
    });
    expect(
      parse(renderPatches(cron)!.strategicMerge).spec.jobTemplate.spec.template
        .spec.containers,
    ).toHaveLength(1);
    const sidecar = advise({
      facts: { name: 'app', role: 'sidecar', spec: SPEC },
    });
    expect(
      parse(renderPatches(sidecar)!.strategicMerge).spec.template.spec
        .initContainers,
    ).toHaveLength(1);
  });

  it('says that the template of a Job stays as it is', () => {
    const job = advise({
      digests: digestsOf(14, day => ({
        runs: [{ run: `r${day}`, cpuCores: 0.2, memoryBytes: GIB, slots: 3 }],
      })),
      workload: { namespace: 'shop', kind: 'Job', name: 'cart' },
    });
    expect(renderPatches(job)!.strategicMerge).toMatch(
      /^# The template of a Job that was made can't be changed/,
    );
  });

  it.each(['true', '123', 'no', '1e3', '~'])(
    'quotes a container named %s',
    name => {
      const advice = advise({
        container: name,
        spec: { ...SPEC, cpuRequestCores: 1 },
      });
      const { spec } = parse(renderPatches(advice)!.strategicMerge);
      expect(spec.template.spec.containers[0].name).toBe(name);
    },
  );

  it('keeps quantities text, also those that look like numbers', () => {
    const advice = advise({
      digests: digestsOf(28, { cpu: () => 0.95 }),
      appetite: { value: 'standard', origin: 'default' },
    });
    advice.cpu.proposed!.request = 1;
    const { resources } = parse(renderPatches(advice)!.helmValues);
    expect(resources.requests.cpu).toBe('1');
  });

  it('warns that a merge into a custom resource replaces its containers', () => {
    const advice = advise({
      workload: { namespace: 'shop', kind: 'Rollout', name: 'cart' },
    });
    const { strategicMerge, kustomize } = renderPatches(advice)!;
    expect(strategicMerge).toMatch(/^# Rollout is a custom resource/);
    expect(kustomize).toMatch(/^# Rollout is a custom resource/);
    expect(parse(strategicMerge).apiVersion).toBe('argoproj.io/v1alpha1');
  });

  it('takes a Service that has pods for one of Knative', () => {
    const { strategicMerge } = renderPatches(
      advise({
        workload: { namespace: 'shop', kind: 'Service', name: 'cart' },
      }),
    )!;
    expect(strategicMerge).toMatch(/^# Service is a custom resource/);
    expect(parse(strategicMerge).apiVersion).toBe('serving.knative.dev/v1');
  });
});
