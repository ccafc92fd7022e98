import fc from 'fast-check';
import { parse, parseAllDocuments } from 'yaml';
import { Steering } from '@headroom/common';
import {
  codesFor,
  digestsOf,
  GIB,
  inputOf,
  SPEC,
} from '../__testUtils__/builders';
import { adviseContainer } from '../adviseContainer';
import { needOf, needsOthers } from '../needOf';
import { renderPatches } from '../output/renderPatches';
import { recomputeAdvice } from '../recomputeAdvice';
import { AdviceFacts, AdviceInput, ContainerAdvice } from '../types';

/** A container of the pod, and what it uses all the time. */
interface Given {
  name: string;
  role?: AdviceFacts['role'];
  cores: number;
  bytes?: number;
  spec: AdviceFacts['spec'];
  /** What the source of usage says is set; the template's unless given. */
  measured?: AdviceFacts['spec'];
  digests?: AdviceInput['digests'];
}

const hpa = (targetUtilization: number): Steering => ({
  kind: 'HorizontalPodAutoscaler',
  name: 'cart',
  target: { namespace: 'shop', kind: 'Deployment', name: 'cart' },
  minReplicas: 2,
  maxReplicas: 10,
  metrics: [{ resource: 'cpu', targetUtilization }],
  otherMetrics: 0,
});

/** Inputs of all containers of a pod, as a batch makes them. */
function podOf(
  given: Given[],
  change: Partial<AdviceInput> & { podSpec?: AdviceFacts['podSpec'] } = {},
): AdviceInput[] {
  const { podSpec, ...more } = change;
  const inputs = given.map(own => {
    const { name, role = 'main', cores, bytes = GIB, spec } = own;
    const measured = own.measured ?? spec;
    return inputOf({
      container: name,
      digests:
        own.digests ??
        digestsOf(28, {
          spec: measured,
          cpu: () => cores,
          memory: () => bytes,
        }),
      spec: measured,
      facts: {
        name,
        role,
        spec,
        podSpec,
        containersInPod: given.length,
        otherContainers: given
          .filter(other => other !== own)
          .map(other => ({
            name: other.name,
            role: other.role ?? 'main',
            ...other.spec,
          })),
      },
      ...more,
    });
  });
  const needs = inputs.map(needOf);
  return inputs.map((input, i) => ({
    ...input,
    others: needs.filter((_, other) => other !== i),
  }));
}

const adviseAll = (...args: Parameters<typeof podOf>) =>
  podOf(...args).map(adviseContainer);
const micros = ({ money }: ContainerAdvice) => Number(money?.listMicros ?? 0);

describe('a native sidecar that only the template has requests of', () => {
  const sidecar: Given = {
    name: 'proxy',
    role: 'sidecar',
    cores: 0.05,
    bytes: GIB / 4,
    spec: { cpuRequestCores: 2, memoryRequestBytes: 4 * GIB },
    measured: {},
  };

  it('is advised less of what it has, with the saving’s right sign', () => {
    const [advice] = adviseAll([sidecar]);
    expect(advice.cpu.current.request).toBe(2);
    expect(codesFor(advice.cpu)).not.toContain('no-request-set');
    expect(codesFor(advice.memory)).not.toContain('no-request-set');
    // (2 − 0.05…) × $0.03 and (4 − 0.29) × $0.004, 730 hours.
    const { request } = advice.cpu.proposed!;
    const memory = advice.memory.proposed!.request / GIB;
    const hourly = (2 - request) * 30_000 + (4 - memory) * 4_000;
    expect(micros(advice)).toBeCloseTo(hourly * 730, -1);
    expect(micros(advice)).toBeGreaterThan(50_000_000);
    const patch = parse(renderPatches(advice)!.strategicMerge);
    expect(patch.spec.template.spec.initContainers).toMatchObject([
      { name: 'proxy', resources: { requests: { memory: '295Mi' } } },
    ]);
    expect(patch.spec.template.spec.containers).toBeUndefined();
  });

  it('without requests anywhere has none, and that is said', () => {
    const [advice] = adviseAll([{ ...sidecar, spec: {} }]);
    expect(codesFor(advice.cpu)).toContain('no-request-set');
    expect(micros(advice)).toBeLessThanOrEqual(0);
  });

  it('with a limit alone has it as its request', () => {
    const [advice] = adviseAll([
      { ...sidecar, spec: { cpuLimitCores: 2, memoryLimitBytes: 4 * GIB } },
    ]);
    expect(codesFor(advice.cpu)).not.toContain('no-request-set');
    // Its pod is Guaranteed, so that one whole core stays.
    expect(advice.cpu.proposed).toEqual({ request: 1, limit: 1 });
    expect(micros(advice)).toBeGreaterThan(30_000_000);
  });

  it('is not known to have none where the source can’t say', () => {
    const [input] = podOf([sidecar]);
    const { cpu, money, heldMoney } = adviseContainer({
      ...input,
      spec: undefined,
    });
    expect(codesFor(cpu)).toEqual(['spec-unknown']);
    expect([money, heldMoney]).toEqual([undefined, undefined]);
  });

  it('of an init container the template counts, not the average of a start', () => {
    const [input] = podOf([
      {
        ...sidecar,
        name: 'migrate',
        role: 'init',
        measured: { cpuRequestCores: 0.01 },
      },
    ]);
    const { cpu } = adviseContainer(input);
    expect(cpu.current.request).toBe(2);
  });
});

describe('a request on the pod', () => {
  const podSpec = { cpuRequestCores: 4, memoryRequestBytes: 8 * GIB };
  const app: Given = { name: 'app', cores: 0.9, bytes: 2 * GIB, spec: {} };
  const proxy: Given = {
    name: 'proxy',
    role: 'sidecar',
    cores: 0.1,
    bytes: GIB / 2,
    spec: {},
  };

  it('of one container is its own, and patched where it is', () => {
    const [advice] = adviseAll([app], { podSpec });
    expect(advice.cpu.current.request).toBe(4);
    expect(codesFor(advice.cpu)).toContain('pod-level');
    expect(codesFor(advice.cpu)).not.toContain('no-request-set');
    expect(micros(advice)).toBeGreaterThan(0);
    const { cpu, memory } = advice;
    expect(cpu.proposed).toEqual(cpu.pod?.proposed);
    const patch = parse(renderPatches(advice)!.strategicMerge);
    expect(patch.spec.template.spec).toEqual({
      resources: {
        requests: {
          cpu: `${Math.round(cpu.proposed!.request * 1000)}m`,
          memory: `${memory.proposed!.request / 2 ** 20}Mi`,
        },
        limits: { memory: `${memory.proposed!.request / 2 ** 20}Mi` },
      },
    });
    const values = parse(renderPatches(advice)!.helmValues);
    expect(Object.keys(values)).toEqual(['podResources']);
  });

  it('of several is shared by need: the parts add up, whoever is asked', () => {
    const inputs = podOf([app, proxy], { podSpec });
    const [first, second] = inputs.map(adviseContainer);
    expect(
      first.cpu.current.request! + second.cpu.current.request!,
    ).toBeCloseTo(4, 9);
    expect(first.cpu.pod).toEqual(second.cpu.pod);
    expect(first.memory.pod).toEqual(second.memory.pod);
    const parts = first.cpu.proposed!.request + second.cpu.proposed!.request;
    expect(parts).toBeCloseTo(first.cpu.pod!.proposed!.request, 9);
    expect(parts).toBeCloseTo(1.02, 1);
    const patches = [first, second].map(
      advice => parse(renderPatches(advice)!.strategicMerge).spec.template.spec,
    );
    expect(patches[0]).toEqual(patches[1]);
    const evidence = JSON.parse(JSON.stringify(first.evidence));
    expect(recomputeAdvice(evidence, inputs[0].digests)).toEqual(first);
  });

  it('is withheld where the needs of the others are not known', () => {
    const [input] = podOf([app, proxy], { podSpec });
    const { cpu, memory } = adviseContainer({ ...input, others: undefined });
    expect(cpu.status).toBe('withheld');
    expect(codesFor(cpu)).toContain('pod-level');
    expect(codesFor(memory)).toContain('pod-level');
  });

  it('of class Guaranteed keeps its limits', () => {
    const [advice] = adviseAll([app, proxy], {
      podSpec: { cpuLimitCores: 4, memoryLimitBytes: 8 * GIB },
    });
    const { proposed } = advice.cpu.pod!;
    expect(proposed?.limit).toBe(proposed?.request);
    expect(advice.memory.pod!.proposed!.limit).toBe(
      advice.memory.pod!.proposed!.request,
    );
  });

  it('moves with the target of an autoscaler, as one', () => {
    const [first] = adviseAll([app, proxy], {
      podSpec: { cpuRequestCores: 1.5, memoryRequestBytes: 8 * GIB },
      steering: [hpa(60)],
    });
    const [move] = first.hpa;
    const { proposed } = first.cpu.pod!;
    expect(move.together).toBeUndefined();
    expect((proposed!.request * move.proposedTarget) / 100).toBeCloseTo(0.9, 2);
  });
});

describe('an HPA on the CPU of all containers of a pod', () => {
  const app: Given = {
    name: 'app',
    cores: 0.3,
    spec: { ...SPEC, cpuRequestCores: 1 },
  };
  const proxy: Given = {
    name: 'proxy',
    role: 'sidecar',
    cores: 0.1,
    spec: { ...SPEC, cpuRequestCores: 0.2 },
  };
  const sums = (all: ContainerAdvice[]) => ({
    now: all.reduce((sum, { cpu }) => sum + cpu.current.request!, 0),
    then: all.reduce(
      (sum, { cpu }) => sum + (cpu.proposed ?? cpu.current).request!,
      0,
    ),
  });

  it('moves all requests and the target together, and says so', () => {
    const all = adviseAll([app, proxy], { steering: [hpa(40)] });
    const { now, then } = sums(all);
    const [move] = all[0].hpa;
    expect(move).toMatchObject({ currentTarget: 40 });
    expect(move.proposedTarget).toBeLessThanOrEqual(90);
    expect((then * move.proposedTarget) / 100).toBeCloseTo(now * 0.4, 2);
    for (const { cpu, hpa: moves } of all) {
      expect(codesFor(cpu)).toContain('pod-together');
      expect(moves).toHaveLength(1);
    }
    expect(all[0].hpa[0].together).toMatchObject([
      { name: 'proxy', role: 'sidecar', proposed: all[1].cpu.proposed },
    ]);
    const message = all[0].cpu.reasons.find(r => r.code === 'pod-together');
    expect(message?.message).toMatch(
      /^HorizontalPodAutoscaler cart scales on the CPU of all 2 containers .* \(app \d+m, proxy \d+m\) and its target moves from 40 % to \d+ %/,
    );
  });

  it('is one patch, the same from each of them', () => {
    const documents = adviseAll([app, proxy], { steering: [hpa(40)] }).map(
      advice =>
        parseAllDocuments(renderPatches(advice)!.strategicMerge).map(d =>
          d.toJS(),
        ),
    );
    const [workload, scaler] = documents[0];
    const { containers, initContainers } = workload.spec.template.spec;
    expect(containers).toMatchObject([{ name: 'app' }]);
    expect(initContainers).toMatchObject([{ name: 'proxy' }]);
    expect(initContainers[0].resources.requests.cpu).toBe(
      documents[1][0].spec.template.spec.initContainers[0].resources.requests
        .cpu,
    );
    expect(scaler).toEqual(documents[1][1]);
  });

  it('leaves one that can’t be advised as it is, and moves the rest', () => {
    const young = digestsOf(5, { spec: proxy.spec, cpu: () => 0.1 });
    const all = adviseAll([app, { ...proxy, digests: young }], {
      steering: [hpa(40)],
      window: inputOf({ digests: digestsOf(28) }).window,
    });
    expect(all[1].cpu.status).toBe('withheld');
    const { now, then } = sums(all);
    const [move] = all[0].hpa;
    expect((then * move.proposedTarget) / 100).toBeCloseTo(now * 0.4, 2);
    expect(move.together).toMatchObject([{ proposed: { request: 0.2 } }]);
    const [workload] = parseAllDocuments(
      renderPatches(all[0])!.strategicMerge,
    ).map(d => d.toJS());
    expect(workload.spec.template.spec.initContainers).toBeUndefined();
  });

  it('is withheld where one of them has no request: it does not work', () => {
    const [advice] = adviseAll([app, { ...proxy, spec: {} }], {
      steering: [hpa(40)],
    });
    expect(advice.cpu.status).toBe('withheld');
    expect(advice.cpu.reasons[0].message).toMatch(/proxy has no request/);
  });

  it('is withheld where a container has a target of its own beside it', () => {
    const both = hpa(40) as Extract<Steering, { metrics: unknown }>;
    const steering = [
      {
        ...both,
        metrics: [
          ...both.metrics,
          {
            resource: 'cpu' as const,
            container: 'proxy',
            targetUtilization: 70,
          },
        ],
      },
    ];
    for (const { cpu } of adviseAll([app, proxy], { steering })) {
      expect(codesFor(cpu)).toContain('hpa-custom-target');
    }
  });

  it('asks for the others only where they matter', () => {
    const [scaled] = podOf([app, proxy], { steering: [hpa(40)] });
    expect(needsOthers(scaled)).toBe(true);
    expect(needsOthers({ ...scaled, steering: [] })).toBe(false);
    const [alone] = podOf([app], { steering: [hpa(40)] });
    expect(needsOthers(alone)).toBe(false);
  });

  it('keeps its scaling point, and stays once taken, for any pod', () => {
    const member = fc.record({
      cores: fc.double({ min: 0.02, max: 4, noNaN: true }),
      request: fc.integer({ min: 10, max: 8000 }).map(m => m / 1000),
    });
    fc.assert(
      fc.property(
        fc.array(member, { minLength: 2, maxLength: 4 }),
        fc.integer({ min: 30, max: 110 }),
        (members, target) => {
          const given = members.map(({ cores, request }, i) => ({
            name: `c${i}`,
            cores,
            spec: { ...SPEC, cpuRequestCores: request },
          }));
          const all = adviseAll(given, { steering: [hpa(target)] });
          const { now, then } = sums(all);
          const moves = all.flatMap(each => each.hpa);
          // Nothing moves without the target's consent.
          const changes = all.some(({ cpu }) => cpu.proposed !== undefined);
          expect(changes).toBe(moves.length > 0);
          fc.pre(moves.length > 0);
          const moved = moves[0].proposedTarget;
          expect(new Set(moves.map(m => m.proposedTarget)).size).toBe(1);
          expect(moved).toBeGreaterThanOrEqual(50);
          expect(moved).toBeLessThanOrEqual(90);
          const [before, after] = [(now * target) / 100, (then * moved) / 100];
          // Whole millicores of a small pod and whole percents move it by 1 % at most.
          expect(Math.abs(after - before)).toBeLessThanOrEqual(0.0101 * before);

          const taken = given.map((each, i) => ({
            ...each,
            spec: {
              ...each.spec,
              cpuRequestCores: (all[i].cpu.proposed ?? all[i].cpu.current)
                .request!,
            },
          }));
          for (const { cpu } of adviseAll(taken, { steering: [hpa(moved)] })) {
            expect(cpu.status).not.toBe('change');
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
