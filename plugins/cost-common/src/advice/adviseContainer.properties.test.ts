import fc from 'fast-check';
import { Steering } from '@headroom/common';
import { adviseContainer } from './adviseContainer';
import { recomputeAdvice } from './recomputeAdvice';
import {
  afterTaking,
  digestsOf,
  GIB,
  inputOf,
  MIB,
  POLICY,
  SPEC,
} from './__testUtils__/builders';
import { AdviceEvidence, AdviceInput, APPETITES } from './types';

const RUNS = { numRuns: 60 };

/** Small enough to be read when it fails: the input is built from it. */
const situation = fc.record({
  days: fc.integer({ min: 14, max: 28 }),
  cores: fc.double({ min: 0.002, max: 8, noNaN: true }),
  bytes: fc.double({ min: 5 * MIB, max: 30 * GIB, noNaN: true }),
  /** What afternoons, and every seventh day, use more. */
  daily: fc.double({ min: 1, max: 4, noNaN: true }),
  weekly: fc.double({ min: 1, max: 4, noNaN: true }),
  noise: fc.array(fc.double({ min: 0.7, max: 1.4, noNaN: true }), {
    minLength: 7,
    maxLength: 40,
  }),
  oomOn: fc.option(fc.integer({ min: 0, max: 27 }), { nil: undefined }),
  throttledShare: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), {
    nil: undefined,
  }),
  startup: fc.double({ min: 0.5, max: 4, noNaN: true }),
  pods: fc.integer({ min: 0, max: 5 }),
  appetite: fc.constantFrom(...APPETITES),
  cpuLimit: fc.constantFrom('none' as const, { timesRequest: 2 }),
  memoryLimitRatio: fc.constantFrom(1, 1.2, 1.5),
  cpu: fc.double({ min: 0.001, max: 16, noNaN: true }),
  cpuLimitCores: fc.option(fc.double({ min: 0.001, max: 16, noNaN: true }), {
    nil: undefined,
  }),
  memory: fc.double({ min: MIB, max: 60 * GIB, noNaN: true }),
  target: fc.option(fc.integer({ min: 10, max: 120 }), { nil: undefined }),
});

type Situation = typeof situation extends fc.Arbitrary<infer T> ? T : never;

function inputIn(given: Situation): AdviceInput {
  const { cores, bytes, daily, weekly, noise, oomOn, pods, startup } = given;
  const factor = (slot: number, day: number) =>
    noise[(slot * 7 + day * 13) % noise.length] *
    (slot > 144 ? daily : 1) *
    (day % 7 === 3 ? weekly : 1);
  const spec = {
    ...SPEC,
    cpuRequestCores: given.cpu,
    cpuLimitCores: given.cpuLimitCores,
    memoryRequestBytes: given.memory,
    memoryLimitBytes: given.memory,
  };
  const hpa: Steering = {
    kind: 'HorizontalPodAutoscaler',
    name: 'cart',
    target: { namespace: 'shop', kind: 'Deployment', name: 'cart' },
    minReplicas: 1,
    maxReplicas: 9,
    metrics: [{ resource: 'cpu', targetUtilization: given.target }],
    otherMetrics: 0,
  };
  return inputOf({
    digests: digestsOf(given.days, day => ({
      spec,
      cpu: (slot, at) => cores * factor(slot, at),
      memory: (slot, at) => bytes * Math.sqrt(factor(slot, at)),
      others: { pods, cpu: cores / 2, memory: bytes / 2 },
      startup: {
        starts: 1,
        cpuCores: cores * startup,
        memoryBytes: bytes * startup,
      },
      throttledShare: given.throttledShare,
      ...(day === oomOn && { oomKills: 1, oomLimitBytes: bytes * 4 }),
    })),
    spec,
    appetite: { value: given.appetite, origin: 'policy' },
    policy: {
      ...POLICY,
      cpuLimit: given.cpuLimit,
      memoryLimitRatio: given.memoryLimitRatio,
    },
    steering: given.target === undefined ? [] : [hpa],
  });
}

/** Each day's usage goes on as it was; what is set is what was proposed. */
function set({ spec, steering }: AdviceInput) {
  return { spec, steering };
}

describe('adviseContainer, for any past', () => {
  it('advice applied, then advised again, is stable: ten rounds of it', () => {
    fc.assert(
      fc.property(situation, any => {
        const given = inputIn(any);
        // A throttled limit is raised until it no longer throttles: usage would change.
        const steady = {
          ...given,
          digests: given.digests.map(d => ({ ...d, throttledShare: 0 })),
        };
        const first = afterTaking(steady, adviseContainer(steady));
        let next = first;
        for (let round = 0; round < 10; round++) {
          const advice = adviseContainer(next);
          expect(advice.status).not.toBe('change');
          next = afterTaking(next, advice);
        }
        expect(set(next)).toEqual(set(first));
      }),
      RUNS,
    );
  });

  it('an HPA goes on scaling at the same usage, to 1 %', () => {
    fc.assert(
      fc.property(situation, any => {
        const given = inputIn(any);
        const { cpu, hpa } = adviseContainer(given);
        if (hpa.length === 0 || !cpu.proposed) {
          return;
        }
        const before =
          (given.spec!.cpuRequestCores! * hpa[0].currentTarget) / 100;
        const after = (cpu.proposed.request * hpa[0].proposedTarget) / 100;
        expect(hpa[0].proposedTarget).toBeGreaterThanOrEqual(50);
        expect(hpa[0].proposedTarget).toBeLessThanOrEqual(90);
        expect(Math.abs(after / before - 1)).toBeLessThanOrEqual(0.0101);
      }),
      RUNS,
    );
  });

  it('memory is never below the peak, rounding included, and no kill follows', () => {
    fc.assert(
      fc.property(situation, any => {
        const given = inputIn(any);
        const { memory, backtest } = adviseContainer(given);
        // What is kept is close enough to what would be proposed.
        const setting = memory.proposed ?? memory.held ?? memory.current;
        const peak = Math.max(
          ...given.digests.map(({ memoryPeakBytes }) => memoryPeakBytes!),
        );
        expect(setting.request).toBeGreaterThan(peak);
        expect(setting.limit ?? Infinity).toBeGreaterThanOrEqual(
          setting.request!,
        );
        const kills = memory.proposed ? backtest?.proposed.oomKills : 0;
        expect(kills).toBe(0);
      }),
      RUNS,
    );
  });

  it('a kill or throttling in the window never lowers', () => {
    fc.assert(
      fc.property(situation, any => {
        const given = inputIn(any);
        const { cpu, memory, evidence } = adviseContainer(given);
        const throttled =
          cpu.current.limit !== undefined &&
          (evidence.throttledShare ?? 0) >= 0.25;
        const cut = [
          ...(evidence.oomKills ? [memory] : []),
          ...(throttled ? [cpu] : []),
        ];
        for (const { proposed, current } of cut) {
          const after = proposed ?? current;
          expect(after.request).toBeGreaterThanOrEqual(current.request!);
          expect(after.limit ?? Infinity).toBeGreaterThanOrEqual(
            current.limit!,
          );
        }
      }),
      RUNS,
    );
  });

  it('a more careful appetite never gets less', () => {
    fc.assert(
      fc.property(situation, any => {
        const given = inputIn(any);
        const [dev, standard, critical] = APPETITES.map(value => {
          const advice = adviseContainer({
            ...given,
            steering: [],
            appetite: { value, origin: 'policy' },
            policy: {
              ...given.policy,
              noise: { ratio: 0, microsPerMonth: 0n },
            },
          });
          const asks = ({ cpu, memory }: typeof advice) => [
            (cpu.proposed ?? cpu.held ?? cpu.current).request!,
            (memory.proposed ?? memory.held ?? memory.current).request!,
          ];
          return asks(advice);
        });
        for (const i of [0, 1]) {
          expect(standard[i]).toBeGreaterThanOrEqual(dev[i] - 1e-9);
          expect(critical[i]).toBeGreaterThanOrEqual(standard[i] - 1e-9);
        }
      }),
      RUNS,
    );
  });

  it('money is what both settings are charged, a month of 730 hours', () => {
    fc.assert(
      fc.property(situation, any => {
        const given = inputIn(any);
        const { money, backtest, status } = adviseContainer(given);
        expect(money === undefined).toBe(status !== 'change');
        if (!money || !backtest) {
          return;
        }
        const saved =
          Number(backtest.current.costMicros) -
          Number(backtest.proposed.costMicros);
        const hours = given.digests.length * 24;
        expect(
          Math.abs(Number(money.listMicros) - (saved * 730) / hours),
        ).toBeLessThanOrEqual(1);
      }),
      RUNS,
    );
  });

  it('is computed again from its evidence out of JSON, identically', () => {
    fc.assert(
      fc.property(situation, any => {
        const given = inputIn(any);
        const advice = adviseContainer(given);
        const stored: AdviceEvidence = JSON.parse(
          JSON.stringify(advice.evidence),
        );
        expect(JSON.stringify(recomputeAdvice(stored, given.digests))).toBe(
          JSON.stringify(advice),
        );
      }),
      RUNS,
    );
  });

  it('is computed again where neither spec nor steering is known', () => {
    const advice = adviseContainer(
      inputOf({
        digests: digestsOf(20),
        spec: undefined,
        steering: undefined,
        facts: undefined,
      }),
    );
    const stored = JSON.parse(JSON.stringify(advice.evidence));
    expect(recomputeAdvice(stored, digestsOf(20))).toEqual(advice);
  });

  it('trusts more history more', () => {
    const confidence = (days: number) =>
      adviseContainer(inputOf({ digests: digestsOf(days) })).confidence;
    expect(confidence(14)).toBeCloseTo(0.632, 3);
    expect(confidence(28)).toBeGreaterThan(confidence(21));
    expect(confidence(21)).toBeGreaterThan(confidence(14));
    expect(confidence(28)).toBeLessThan(1);
  });
});
