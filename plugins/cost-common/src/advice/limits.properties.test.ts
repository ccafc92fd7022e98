import fc from 'fast-check';
import { NamespaceLimit } from '@headroom/common';
import {
  digestsOf,
  GIB,
  inputOf,
  MIB,
  POLICY,
  SPEC,
} from './__testUtils__/builders';
import { adviseContainer } from './adviseContainer';
import { recomputeAdvice } from './recomputeAdvice';
import { AdviceInput, APPETITES } from './types';

const RUNS = { numRuns: 100 };
const maybe = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.option(arbitrary, { nil: undefined });
const cores = fc.integer({ min: 5, max: 12_000 }).map(m => m / 1000);
const bytes = fc.double({ min: 16 * MIB, max: 24 * GIB, noNaN: true });

/** Small enough to be read when it fails: the input is built from it. */
const situation = fc.record({
  cpu: cores,
  memory: bytes,
  spike: fc.double({ min: 1, max: 5, noNaN: true }),
  request: cores,
  limitFactor: maybe(fc.double({ min: 1, max: 4, noNaN: true })),
  memoryRequest: bytes,
  memoryFactor: fc.constantFrom(1, 1, 2),
  wholeCores: maybe(fc.integer({ min: 1, max: 12 })),
  kills: fc.boolean(),
  cpuMin: maybe(cores),
  cpuMax: maybe(cores),
  cpuDefault: maybe(cores),
  cpuRatio: maybe(fc.integer({ min: 1, max: 6 })),
  memoryMin: maybe(bytes),
  memoryMax: maybe(bytes),
  quotaLeft: maybe(fc.double({ min: 0, max: 8, noNaN: true })),
  replicas: fc.integer({ min: 1, max: 5 }),
  node: maybe(fc.integer({ min: 1, max: 16 })),
  policy: fc.record({
    cpuLimit: fc.constantFrom('none' as const, { timesRequest: 2 }),
    memoryLimitRatio: fc.constantFrom(1, 1.5),
  }),
  appetite: fc.constantFrom(...APPETITES),
});

type Situation = typeof situation extends fc.Arbitrary<infer T> ? T : never;

function limitsIn(given: Situation): NamespaceLimit[] {
  const { cpuMin, cpuMax, cpuDefault, cpuRatio, memoryMin, memoryMax } = given;
  const range: NamespaceLimit = {
    kind: 'LimitRange',
    namespace: 'shop',
    name: 'bounds',
    lines: [
      {
        type: 'Container',
        resource: 'cpu',
        min: cpuMin,
        max: cpuMax,
        default: cpuDefault,
        maxLimitRequestRatio: cpuRatio,
      },
      {
        type: 'Container',
        resource: 'memory',
        min: memoryMin,
        max: memoryMax,
      },
    ],
  };
  const quota: NamespaceLimit = {
    kind: 'ResourceQuota',
    namespace: 'shop',
    name: 'team',
    hard: { cpuRequestCores: 100 },
    used: { cpuRequestCores: 100 - (given.quotaLeft ?? 100) },
    scopes: [],
  };
  return given.quotaLeft === undefined ? [range] : [range, quota];
}

function inputIn(given: Situation): AdviceInput {
  const { wholeCores, limitFactor } = given;
  const request = wholeCores ?? given.request;
  const even = wholeCores !== undefined;
  const spec = {
    ...SPEC,
    cpuRequestCores: request,
    cpuLimitCores: even ? request : limitFactor && request * limitFactor,
    memoryRequestBytes: given.memoryRequest,
    memoryLimitBytes: given.memoryRequest * (even ? 1 : given.memoryFactor),
  };
  return inputOf({
    digests: digestsOf(20, day => ({
      spec,
      cpu: slot =>
        Math.min(
          given.cpu * (slot === 40 && day === 6 ? given.spike : 1),
          given.node ?? Infinity,
        ),
      memory: () => given.memory,
      ...(given.kills &&
        day === 3 && { oomKills: 1, oomLimitBytes: spec.memoryLimitBytes }),
    })),
    spec,
    facts: {
      name: 'app',
      role: 'main',
      spec,
      containersInPod: 1,
      replicas: given.replicas,
    },
    limits: limitsIn(given),
    ...(given.node && {
      node: {
        cpuCores: given.node,
        memoryBytes: 64 * GIB,
        nodePools: ['general'],
      },
    }),
    appetite: { value: given.appetite, origin: 'policy' },
    policy: { ...POLICY, ...given.policy },
  });
}

const EPSILON = 1 + 1e-6;

function mostCores({ cpuMax, node }: Situation): number {
  return Math.min(cpuMax ?? Infinity, node ?? Infinity);
}

describe('what is proposed, for any pod, namespace and node', () => {
  it('has no limit below its request', () => {
    fc.assert(
      fc.property(situation, any => {
        const { cpu, memory } = adviseContainer(inputIn(any));
        for (const { proposed, held } of [cpu, memory]) {
          for (const setting of [proposed, held]) {
            expect(setting?.limit ?? Infinity).toBeGreaterThanOrEqual(
              setting?.request ?? 0,
            );
          }
        }
      }),
      RUNS,
    );
  });

  it('is accepted by the LimitRange, unless its lines contradict each other', () => {
    fc.assert(
      fc.property(situation, any => {
        const { cpu } = adviseContainer(inputIn(any));
        const { cpuMin = 0, cpuMax, cpuRatio } = any;
        const most = mostCores(any);
        fc.pre(any.quotaLeft === undefined && cpuMin <= most);
        for (const { request, limit } of [cpu.proposed ?? []].flat()) {
          expect(request * EPSILON).toBeGreaterThanOrEqual(cpuMin);
          expect(request).toBeLessThanOrEqual(most * EPSILON);
          expect(limit ?? 0).toBeLessThanOrEqual(most * EPSILON);
          expect((limit ?? 0) / request).toBeLessThanOrEqual(
            (cpuRatio ?? Infinity) * EPSILON,
          );
          const mayBeLeftOff = cpuMax === undefined && cpuRatio === undefined;
          expect(limit !== null || mayBeLeftOff).toBe(true);
        }
      }),
      RUNS,
    );
  });

  it('is memory the LimitRange accepts', () => {
    fc.assert(
      fc.property(situation, any => {
        const given = inputIn(any);
        const { memory } = adviseContainer(given);
        const { memoryMin = 0, memoryMax = Infinity } = any;
        fc.pre(memoryMin + MIB <= memoryMax);
        // Already above it: what a kill forbids to lower stays.
        fc.pre(given.spec!.memoryLimitBytes! <= memoryMax);
        for (const { request, limit } of [memory.proposed ?? []].flat()) {
          expect(request).toBeGreaterThanOrEqual(memoryMin);
          expect(limit ?? 0).toBeLessThanOrEqual(memoryMax);
        }
      }),
      RUNS,
    );
  });

  it('asks for no more than the quota leaves', () => {
    fc.assert(
      fc.property(situation, any => {
        const { quotaLeft } = any;
        const { cpu } = adviseContainer(inputIn(any));
        fc.pre(quotaLeft !== undefined && cpu.proposed !== undefined);
        const more = cpu.proposed.request - cpu.current.request!;
        expect(more * any.replicas).toBeLessThanOrEqual(
          Math.max(0, quotaLeft) * EPSILON + 1e-9,
        );
      }),
      RUNS,
    );
  });

  it('keeps a Guaranteed pod Guaranteed, in whole cores', () => {
    fc.assert(
      fc.property(situation, any => {
        const { wholeCores, cpuMin = 0, quotaLeft } = any;
        fc.pre(wholeCores !== undefined);
        const { cpu, memory } = adviseContainer(inputIn(any));
        const settings = [cpu.proposed ?? [], memory.proposed ?? []].flat();
        expect(settings.map(({ limit }) => limit)).toEqual(
          settings.map(({ request }) => request),
        );
        const holdsWhole = Math.floor(mostCores(any)) >= Math.max(1, cpuMin);
        const { request } = cpu.proposed ?? { request: 0 };
        expect(
          Number.isInteger(request) || !holdsWhole || quotaLeft !== undefined,
        ).toBe(true);
      }),
      RUNS,
    );
  });

  it('is computed again from its evidence out of JSON, identically', () => {
    fc.assert(
      fc.property(situation, any => {
        const given = inputIn(any);
        const advice = adviseContainer(given);
        const stored = JSON.parse(JSON.stringify(advice.evidence));
        expect(JSON.stringify(recomputeAdvice(stored, given.digests))).toBe(
          JSON.stringify(advice),
        );
      }),
      RUNS,
    );
  });
});
