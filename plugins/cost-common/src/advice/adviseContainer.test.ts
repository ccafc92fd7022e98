import { adviseContainer } from './adviseContainer';
import {
  afterTaking,
  codesFor,
  dayAt,
  DigestShape,
  digestsOf,
  GIB,
  inputOf,
  MIB,
  POLICY,
  SPEC,
  Usage,
} from './__testUtils__/builders';
import { Steering, WorkloadRef } from '@headroom/common';
import { recomputeAdvice } from './recomputeAdvice';
import { AdviceInput, APPETITES, Appetite } from './types';

const workload = (kind: string): WorkloadRef => ({
  namespace: 'shop',
  kind,
  name: 'cart',
});
const appetite = (value: Appetite): AdviceInput['appetite'] => ({
  value,
  origin: 'annotation',
});
const facts = (
  more: Partial<NonNullable<AdviceInput['facts']>>,
): AdviceInput['facts'] => ({
  name: 'app',
  role: 'main',
  spec: SPEC,
  containersInPod: 1,
  ...more,
});
/** CPU limits twice the request. */
const LIMITED = { ...POLICY, cpuLimit: { timesRequest: 2 } };
const hours = (slot: number) => slot / 12;

const WORKED: WorkedExample[] = [
  ['dev', 1126 * MIB + 0.4 * MIB],
  ['standard', 1177.6 * MIB],
  ['critical', 1280 * MIB],
];
type WorkedExample = [Appetite, number];

describe('adviseContainer', () => {
  it('asks for what is used, with the money and what it would have done', () => {
    const advice = adviseContainer(inputOf({ digests: digestsOf(28) }));
    expect(advice.status).toBe('change');
    expect(advice.cpu.proposed?.request).toBe(0.203);
    expect(advice.cpu.rule).toMatchObject({ kind: 'daily-quantile', days: 28 });
    expect(advice.memory.proposed).toEqual({
      request: 1178 * MIB,
      limit: 1178 * MIB,
    });
    // 672 h × 2 cores × 0.03 $ and 4 GiB × 0.004 $, as allocation charges them.
    expect(advice.backtest?.current).toEqual({
      throttledMinutes: 0,
      throttledShare: 0,
      oomKills: 0,
      costMicros: '51072000',
    });
    const { request } = advice.cpu.proposed!;
    const hourly = (2 - request) * 30_000 + (4 - 1178 / 1024) * 4_000;
    expect(Number(advice.money?.listMicros)).toBeCloseTo(hourly * 730, -1);
  });

  it.each(WORKED)('leaves memory its margin at appetite %s', (name, least) => {
    const advice = adviseContainer(
      inputOf({ digests: digestsOf(14), appetite: appetite(name) }),
    );
    expect(advice.memory.proposed?.request).toBe(Math.ceil(least / MIB) * MIB);
  });

  describe('honours', () => {
    const peakOnMondays: DigestShape = {
      cpu: (slot, day) =>
        day % 7 === 0 && hours(slot) >= 9 && hours(slot) < 17 ? 1.5 : 0.2,
      memory: (_slot, day) => (day % 7 === 0 ? 2 * GIB : GIB),
    };

    // Facts: VPA advises 1,181 MiB from Thursday to Sunday, and Monday is killed.
    it.each(APPETITES)(
      'a weekly peak seen once in seven days, on every day of the week: %s',
      name => {
        const all = digestsOf(28, peakOnMondays);
        for (let today = 14; today <= 21; today++) {
          const digests = all.slice(today - 14, today);
          const advice = adviseContainer(
            inputOf({
              digests,
              window: { start: dayAt(today - 14), end: dayAt(today) },
              appetite: appetite(name),
            }),
          );
          expect(advice.memory.proposed?.request).toBeGreaterThan(2 * GIB);
          expect(advice.cpu.proposed?.request).toBeGreaterThan(1.5);
          expect(advice.backtest?.proposed.oomKills).toBe(0);
        }
      },
    );

    it('a weekly peak, and says that few days decide', () => {
      const advice = adviseContainer(
        inputOf({ digests: digestsOf(28, peakOnMondays) }),
      );
      expect(codesFor(advice.memory)).toContain('weekly-peak');
      expect(codesFor(advice.cpu)).toContain('weekly-peak');
      const steady = adviseContainer(inputOf({ digests: digestsOf(28) }));
      expect(codesFor(steady.memory)).not.toContain('weekly-peak');
    });

    it('a peak that came once, until the day it says', () => {
      const once = (slot: number, day: number) =>
        day === 20 && slot >= 100 && slot < 124 ? 2 : 0.2;
      const adviceOn = (today: number) =>
        adviseContainer(
          inputOf({
            digests: digestsOf(today, { cpu: once }).slice(-21),
            window: { start: dayAt(today - 21), end: dayAt(today) },
            appetite: appetite('dev'),
          }),
        ).cpu;
      const said = ({ reasons }: ReturnType<typeof adviceOn>, code: string) =>
        reasons.find(reason => reason.code === code)?.message;

      for (const today of [22, 28]) {
        const advice = adviceOn(today);
        expect(advice.rule).toMatchObject({ days: 21 });
        expect(said(advice, 'weekly-peak')).toBe(
          '1 of 21 days decides the number, the highest 2026-01-25; unless usage comes near it again, it no longer counts from 2026-02-03 on.',
        );
        expect(said(advice, 'faded')).toBeUndefined();
      }
      const after = adviceOn(29);
      expect(dayAt(29).slice(0, 10)).toBe('2026-02-03');
      expect(after.rule).toMatchObject({ days: 20 });
      expect(said(after, 'weekly-peak')).toBeUndefined();
      expect(said(after, 'faded')).toMatch(
        /^2026-01-25 asked for 2\.\d+ cores\. It no longer counts: /,
      );
    });

    // Facts: VPA's target is 0.248 for 2 cores two hours a week over 0.2.
    it('a burst two hours a week, and shows the minutes it would throttle', () => {
      const digests = digestsOf(28, {
        cpu: (slot, day) => (day % 7 === 2 && hours(slot) < 2 ? 2 : 0.2),
      });
      const requests = APPETITES.map(name => {
        const advice = adviseContainer(
          inputOf({
            digests,
            appetite: appetite(name),
            spec: { ...SPEC, cpuRequestCores: 4 },
          }),
        );
        const { request } = advice.cpu.proposed!;
        expect(advice.backtest?.proposed.throttledMinutes).toBe(
          request >= 1.99 ? 0 : 4 * 120,
        );
        return request;
      });
      expect(requests[0]).toBeGreaterThan(0.2);
      expect(requests[1]).toBeGreaterThanOrEqual(requests[0]);
      expect(requests[2]).toBeGreaterThan(1.9);
    });

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

    it('an OOM kill: it raises the floor, and the raise does not run away', () => {
      const spec = { ...SPEC, memoryRequestBytes: GIB, memoryLimitBytes: GIB };
      const digests = digestsOf(28, day => ({
        memory: () => 0.7 * GIB,
        spec,
        ...(day === 20 && { oomKills: 2, oomLimitBytes: GIB, restarts: 2 }),
      }));
      let input = inputOf({ digests, spec });
      const first = adviseContainer(input);
      expect(first.memory.proposed).toEqual({
        request: 1.25 * GIB,
        limit: 1.25 * GIB,
      });
      expect(first.memory.rule).toEqual({
        kind: 'oom',
        bump: 1.25,
        killedAt: GIB,
      });
      expect(codesFor(first.memory)).toContain('oom-killed');
      expect(first.backtest?.current.oomKills).toBe(2);
      expect(first.backtest?.proposed.oomKills).toBe(0);
      for (let round = 0; round < 10; round++) {
        const advice = adviseContainer(input);
        input = afterTaking(input, advice);
        expect(input.spec?.memoryLimitBytes).toBe(1.25 * GIB);
      }
      expect(adviseContainer(input).memory.status).toBe('keep');
    });

    it('an OOM kill: nothing is lowered while it is in the window', () => {
      const digests = digestsOf(28, day =>
        day === 1 ? { oomKills: 1, oomLimitBytes: 2 * GIB } : {},
      );
      const advice = adviseContainer(inputOf({ digests }));
      expect(advice.memory.status).toBe('withheld');
      expect(advice.memory.held?.limit).toBe(2.5 * GIB);
      expect(codesFor(advice.memory)[0]).toBe('oom-killed');
      expect(advice.heldMoney).toBeDefined();
      // Without the kill it is lowered.
      const calm = adviseContainer(inputOf({ digests: digestsOf(28) }));
      expect(calm.memory.status).toBe('change');
    });

    it('a JVM: memory is held, and says what shows it and what the limit must hold', () => {
      const advice = adviseContainer(
        inputOf({
          digests: digestsOf(28),
          facts: facts({
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
          facts: facts({ memoryVolumes: true }),
        }),
      );
      expect(codesFor(advice.memory)).toContain('memory-volumes');
      expect(advice.memory.status).toBe('withheld');
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
          appetite: appetite('dev'),
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

    it('a DaemonSet with one odd node: said, and memory covers it', () => {
      const shape = {
        cpu: () => 1.2,
        memory: () => 2 * GIB,
        others: { pods: 9, cpu: 0.1, memory: 0.3 * GIB },
      };
      const input = inputOf({
        digests: digestsOf(28, shape),
        workload: workload('DaemonSet'),
      });
      const advice = adviseContainer(input);
      expect(codesFor(advice.cpu)).toContain('odd-node');
      expect(codesFor(advice.memory)).toContain('odd-node');
      expect(advice.memory.proposed?.request).toBeGreaterThan(2 * GIB);
      const even = adviseContainer({
        ...input,
        digests: digestsOf(28, { others: { pods: 9, cpu: 0.18, memory: GIB } }),
      });
      expect(codesFor(even.cpu)).not.toContain('odd-node');
    });

    it('a DaemonSet with one odd node: its CPU is a percentile over all nodes', () => {
      const others = { pods: 29, cpu: 0.1, memory: 0.3 * GIB };
      const digests = digestsOf(28, { cpu: () => 1.2, others });
      const dev = appetite('dev');
      const daemons = adviseContainer(
        inputOf({ digests, workload: workload('DaemonSet'), appetite: dev }),
      );
      expect(daemons.cpu.proposed?.request).toBeLessThan(0.2);
      // The back-test does not hide what it means for that node.
      expect(daemons.backtest?.proposed.throttledShare).toBe(1);
      const replicas = adviseContainer(inputOf({ digests, appetite: dev }));
      expect(replicas.cpu.proposed?.request).toBeGreaterThan(1.2);
    });

    it.each(['Job', 'CronJob'])('a %s: the peak of its runs', kind => {
      const runs = (day: number) => ({
        cpu: (slot: number) => (slot < 6 ? 0.5 : null),
        memory: (slot: number) => (slot < 6 ? GIB : null),
        runs: [
          {
            run: `nightly-${day}`,
            cpuCores: day === 3 ? 1 : 0.5,
            memoryBytes: day === 3 ? 3 * GIB : GIB,
            slots: 6,
          },
        ],
      });
      const advice = adviseContainer(
        inputOf({ digests: digestsOf(14, runs), workload: workload(kind) }),
      );
      expect(advice.cpu.rule).toEqual({
        kind: 'peak-of-runs',
        margin: 1.1,
        runs: 14,
        peak: 1,
      });
      expect(advice.cpu.proposed?.request).toBe(1.1);
      expect(advice.memory.proposed?.request).toBe(
        Math.ceil(3 * 1024 * 1.15) * MIB,
      );
      expect(codesFor(advice.memory)).toContain('peak-of-runs');
    });

    it('a weekly CronJob: three runs make a peak, two do not', () => {
      const weekly = (weeks: number) =>
        digestsOf(weeks * 7, day => ({
          runs:
            day % 7 === 0
              ? [{ run: `w-${day}`, cpuCores: 1, memoryBytes: GIB, slots: 3 }]
              : [],
        })).filter((_, day) => day % 7 === 0);
      const advise = (weeks: number) =>
        adviseContainer(
          inputOf({
            digests: weekly(weeks),
            window: { start: dayAt(0), end: dayAt(weeks * 7) },
            workload: workload('CronJob'),
          }),
        );
      expect(advise(3).status).toBe('change');
      expect(advise(2).status).toBe('withheld');
      expect(codesFor(advise(2).cpu)).toEqual(['runs-too-few']);
    });

    it('a run that goes on past midnight is one run', () => {
      const advice = adviseContainer(
        inputOf({
          digests: digestsOf(14, {
            runs: [{ run: 'long', cpuCores: 1, memoryBytes: GIB, slots: 288 }],
          }),
          workload: workload('Job'),
        }),
      );
      expect(codesFor(advice.cpu)).toEqual(['runs-too-few']);
    });

    it('sidecars: advised like main containers', () => {
      const sidecar = adviseContainer(
        inputOf({ digests: digestsOf(28), facts: facts({ role: 'sidecar' }) }),
      );
      const main = adviseContainer(inputOf({ digests: digestsOf(28) }));
      expect(sidecar.cpu.proposed).toEqual(main.cpu.proposed);
    });

    it('init containers: the peak of starts, not advised without', () => {
      const ofStarts = (starts: number) =>
        adviseContainer(
          inputOf({
            digests: digestsOf(14, {
              cpu: slot => (slot === 0 ? 0.5 : null),
              memory: slot => (slot === 0 ? GIB : null),
              startup: { starts, cpuCores: 0.5, memoryBytes: 1.2 * GIB },
            }),
            facts: facts({ role: 'init' }),
          }),
        );
      const advice = ofStarts(1);
      expect(codesFor(advice.cpu)).toContain('init-container');
      expect(advice.cpu.proposed?.request).toBe(0.55);
      expect(advice.memory.proposed?.request).toBeGreaterThan(1.2 * GIB);
      expect(ofStarts(0).status).toBe('withheld');
    });

    it('floors, and says so', () => {
      const advice = adviseContainer(
        inputOf({
          digests: digestsOf(28, { cpu: () => 0.001, memory: () => MIB }),
        }),
      );
      expect(advice.cpu.proposed?.request).toBe(0.01);
      expect(advice.memory.proposed?.request).toBe(32 * MIB);
      expect(advice.cpu.rule).toEqual({ kind: 'floor', floor: 0.01 });
      expect(codesFor(advice.memory)).toContain('floor');
    });

    it('the worst pod counts, whatever the others do', () => {
      const others = { pods: 9, cpu: 0.05, memory: 0.2 * GIB };
      const advice = adviseContainer(
        inputOf({ digests: digestsOf(28, { cpu: () => 1, others }) }),
      );
      expect(advice.cpu.proposed?.request).toBeGreaterThan(1);
      expect(codesFor(advice.cpu)).toContain('worst-pod');
      expect(advice.memory.proposed?.request).toBeGreaterThan(GIB);
    });

    it.each([
      ['facts', { facts: facts({ bare: true }) }],
      ['kind', { workload: workload('Pod') }],
    ])('a pod without a controller, by its %s: held', (_, more) => {
      const advice = adviseContainer(
        inputOf({ digests: digestsOf(28), ...more }),
      );
      expect(advice.status).toBe('withheld');
      expect(codesFor(advice.cpu)).toContain('bare-pod');
      expect(advice.cpu.held).toBeDefined();
    });

    it('a container with a GPU: its CPU as critical, its GPUs untouched', () => {
      const spec = {
        ...SPEC,
        cpuRequestCores: 4,
        gpus: { 'nvidia.com/gpu': 1 },
      };
      const digests = digestsOf(28, {
        spec,
        cpu: (slot, day) => (day === 9 && slot < 3 ? 2 : 0.2),
      });
      const dev = appetite('dev');
      const advice = adviseContainer(inputOf({ digests, spec, appetite: dev }));
      const critical = adviseContainer(
        inputOf({ digests, appetite: appetite('critical') }),
      );
      expect(advice.cpu.proposed).toEqual(critical.cpu.proposed);
      expect(codesFor(advice.cpu)).toContain('feeds-gpu');
    });

    it('pods that wait: nothing is lowered, raising is', () => {
      const input = inputOf({
        digests: digestsOf(28),
        facts: facts({ pendingPods: 2 }),
      });
      const advice = adviseContainer(input);
      expect(advice.status).toBe('withheld');
      expect(codesFor(advice.cpu)).toContain('pending-pods');
      const spec = { ...SPEC, cpuRequestCores: 0.1 };
      expect(adviseContainer({ ...input, spec }).cpu.status).toBe('change');
    });

    it('a restart loop: held, unless it is for lack of memory', () => {
      const loop = (kills: number) =>
        adviseContainer(
          inputOf({
            digests: digestsOf(28, day =>
              day === 12
                ? { restarts: 30, oomKills: kills, oomLimitBytes: 4 * GIB }
                : {},
            ),
          }),
        );
      expect(codesFor(loop(0).cpu)).toContain('restart-loop');
      expect(loop(0).cpu.status).toBe('withheld');
      expect(codesFor(loop(29).memory)).not.toContain('restart-loop');
      expect(loop(29).memory.proposed?.limit).toBe(5 * GIB);
    });

    it('usage on its way up: nothing is lowered', () => {
      const rising = digestsOf(28, {
        memory: (_, day) => GIB * (1 + day / 20),
        cpu: (_, day) => (day < 25 ? 0.2 : 0.6),
      });
      const advice = adviseContainer(inputOf({ digests: rising }));
      expect(advice.cpu.status).toBe('withheld');
      expect(codesFor(advice.cpu)).toContain('drift');
      expect(codesFor(advice.memory)).toContain('drift');
    });
  });

  describe('says not yet', () => {
    const vetoed = (more: Partial<AdviceInput>, digests = digestsOf(28)) => {
      const { cpu, memory, status } = adviseContainer(
        inputOf({ digests, ...more }),
      );
      expect(status).toBe('withheld');
      expect(cpu.proposed ?? cpu.held).toBeUndefined();
      expect(memory.proposed ?? memory.held).toBeUndefined();
      expect(cpu.reasons[0].message).not.toBe('');
      return codesFor(cpu);
    };

    it('with less than two weeks', () => {
      expect(vetoed({}, digestsOf(13))).toEqual(['too-little-history']);
    });

    it('with days that lack samples of the time it ran', () => {
      const thin = digestsOf(20, {
        cpu: slot => (slot % 4 ? 0.2 : null),
      }).map(d => ({
        ...d,
        hours: { ...d.hours, runSeconds: d.hours.runSeconds.fill(3600) },
      }));
      const { cpu, memory } = adviseContainer(inputOf({ digests: thin }));
      expect(codesFor(cpu)).toEqual(['too-few-samples']);
      expect(memory.status).toBe('change');
    });

    it('but not where it only runs in office hours', () => {
      const office = digestsOf(14, {
        cpu: slot => (hours(slot) >= 8 && hours(slot) < 18 ? 0.2 : null),
        memory: slot => (hours(slot) >= 8 && hours(slot) < 18 ? GIB : null),
      });
      const advice = adviseContainer(inputOf({ digests: office }));
      expect(advice.status).toBe('change');
      expect(advice.evidence.coverage).toBe(1);
    });

    it('without samples', () => {
      expect(
        vetoed({}, digestsOf(20, { cpu: () => null, memory: () => null })),
      ).toEqual(['no-samples']);
      expect(vetoed({}, [])).toEqual(['no-samples']);
    });

    it('without a spec', () => {
      expect(vetoed({ spec: undefined })).toEqual(['spec-unknown']);
    });

    it('when limits that had cut usage off changed, naming when', () => {
      const before = { ...SPEC, cpuLimitCores: 1 };
      const digests = digestsOf(28, day => ({
        spec: day < 20 ? before : SPEC,
        throttledShare: day < 20 ? 0.5 : 0,
      }));
      expect(vetoed({}, digests)).toEqual(['spec-changed']);
      const { cpu, evidence } = adviseContainer(inputOf({ digests }));
      expect(cpu.reasons[0].message).toContain(dayAt(20));
      expect(evidence.usedFrom).toBe(dayAt(20));
    });
  });

  describe('leaves alone', () => {
    it('what is right', () => {
      const input = inputOf({ digests: digestsOf(28) });
      const again = adviseContainer(afterTaking(input, adviseContainer(input)));
      expect(again.status).toBe('keep');
      expect(codesFor(again.cpu)).toEqual(['already-right']);
      expect(again.money).toBeUndefined();
      expect(again.backtest?.proposed).toEqual(again.backtest?.current);
    });

    it('the rule advised last, unless another is clearly better', () => {
      const digests = digestsOf(21, {
        cpu: slot => 0.3 + 0.1 * Math.sin(slot / 20),
      });
      const fresh = adviseContainer(inputOf({ digests }));
      expect(fresh.cpu.rule).toMatchObject({ days: 21, margin: 1.02 });
      expect(fresh.evidence.previous).toBeUndefined();

      const rule = fresh.cpu.rule as { quantile: number };
      const previous = { days: 20, quantile: rule.quantile, margin: 1.05 };
      const kept = adviseContainer(inputOf({ digests, previous }));
      expect(kept.cpu.rule).toMatchObject({
        quantile: rule.quantile,
        margin: 1.05,
      });
      const evidence = JSON.parse(JSON.stringify(kept.evidence));
      expect(evidence.previous).toEqual(previous);
      expect(recomputeAdvice(evidence, digests)).toEqual(kept);

      const far = { ...previous, margin: 1.3 };
      const left = adviseContainer(inputOf({ digests, previous: far }));
      expect(left).toEqual(fresh);
    });

    it('what is too close in percent and in money, but not one of them', () => {
      const input = inputOf({ digests: digestsOf(28) });
      const { request } = adviseContainer(input).cpu.proposed!;
      const off = { ...SPEC, cpuRequestCores: request * 1.03 };
      const near = adviseContainer({ ...input, spec: off });
      expect(codesFor(near.cpu)).toEqual(['below-noise']);
      const dear = adviseContainer({
        ...input,
        spec: off,
        prices: { ...input.prices, cpuCoreHour: 30_000_000 },
      });
      expect(dear.cpu.status).toBe('change');
    });
  });

  describe('with what steers the workload', () => {
    const vpa = (
      more: Partial<Extract<Steering, { kind: 'VerticalPodAutoscaler' }>>,
    ): Steering => ({
      kind: 'VerticalPodAutoscaler',
      name: 'cart',
      target: workload('Deployment'),
      updateMode: 'Off',
      controlled: [],
      recommendations: [
        { container: 'app', target: { cpuCores: 0.3, memoryBytes: 2 * GIB } },
      ],
      ...more,
    });
    const hpa = (
      metrics: Extract<
        Steering,
        { kind: 'HorizontalPodAutoscaler' }
      >['metrics'],
      name = 'cart',
    ): Steering => ({
      kind: 'HorizontalPodAutoscaler',
      name,
      target: workload('Deployment'),
      minReplicas: 2,
      maxReplicas: 10,
      metrics,
      otherMetrics: 0,
    });
    const advise = (
      steering: Steering[] | undefined,
      more?: Partial<AdviceInput>,
    ) =>
      adviseContainer(inputOf({ digests: digestsOf(28), steering, ...more }));

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
      const advice = advise(
        [hpa([{ resource: 'cpu', targetUtilization: 50 }])],
        {
          spec,
        },
      );
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
          facts: facts({ containersInPod }),
        });
        expect(codesFor(advice.cpu)).toContain('hpa-custom-target');
      }
      const own = advise([hpa([{ ...metrics[0], container: 'app' }])], {
        facts: facts({ containersInPod: 2 }),
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
        target: workload('Deployment'),
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
});
