import { bucketOf, histogramOfCodes, UsageDigest } from '../../digests';
import { ContainerSpec, WorkloadRef } from '@headroom/common';
import { AdviceInput, AdvicePolicy, Appetite, ContainerAdvice } from '../types';

export const GIB = 2 ** 30;
export const MIB = 2 ** 20;
const SLOTS = 288;
const HOURS = 24;

/** A Monday. */
export const FIRST_DAY = Date.parse('2026-01-05T00:00:00.000Z');

export function dayAt(day: number): string {
  return new Date(FIRST_DAY + day * 86_400_000).toISOString();
}

/** What the worst pod used in a slot of a day; null = not known. */
export type Usage = (slot: number, day: number) => number | null;

export interface DigestShape
  extends Partial<Omit<UsageDigest, 'cpu' | 'memory'>> {
  cpu?: Usage;
  memory?: Usage;
  /** Pods beside the worst one, and what each of them uses. */
  others?: { pods: number; cpu: number; memory: number };
  spec?: ContainerSpec;
}

export const SPEC: ContainerSpec = {
  cpuRequestCores: 2,
  memoryRequestBytes: 4 * GIB,
  memoryLimitBytes: 4 * GIB,
  image: 'shop/cart:1',
};

export function digestOf(day: number, shape: DigestShape = {}): UsageDigest {
  const { cpu = () => 0.2, memory = () => GIB, others, spec, ...rest } = shape;
  const cpuValues = Array.from({ length: SLOTS }, (_, s) => cpu(s, day));
  const memoryValues = Array.from({ length: SLOTS }, (_, s) => memory(s, day));
  const cpuCodes = codesOf(cpuValues);
  const memoryCodes = codesOf(memoryValues);
  const pods = 1 + (others?.pods ?? 0);
  const ran = cpuValues.map((v, s) => v !== null || memoryValues[s] !== null);
  const perHour = (of: (slot: number) => number) =>
    Float64Array.from({ length: HOURS }, (_, hour) => {
      let sum = 0;
      for (let slot = hour * 12; slot < hour * 12 + 12; slot++) {
        sum += ran[slot] ? of(slot) * 300 : 0;
      }
      return sum;
    });
  const spread = (codes: Uint16Array, other: number) => {
    const more = new Array<number>(SLOTS * (others?.pods ?? 0));
    return histogramOfCodes([...codes, ...more.fill(bucketOf(other))]);
  };
  return {
    start: dayAt(day),
    slots: SLOTS,
    cpu: cpuCodes,
    memory: memoryCodes,
    cpuAll: spread(cpuCodes, others?.cpu ?? 0),
    memoryAll: spread(memoryCodes, others?.memory ?? 0),
    ...peak('cpuPeakCores', cpuValues),
    ...peak('memoryPeakBytes', memoryValues),
    hours: {
      runSeconds: perHour(() => pods),
      cpuUsageCoreSeconds: perHour(
        slot =>
          (cpuValues[slot] ?? 0) + (others ? others.pods * others.cpu : 0),
      ),
      memoryUsageByteSeconds: perHour(
        slot =>
          (memoryValues[slot] ?? 0) +
          (others ? others.pods * others.memory : 0),
      ),
    },
    pools: [{ nodePool: 'general', runSeconds: 86_400 * pods }],
    pods,
    runs: [],
    specs: [{ fromSlot: 0, spec: spec ?? SPEC }],
    ...rest,
  };
}

export function digestsOf(
  days: number,
  shape: DigestShape | ((day: number) => DigestShape) = {},
): UsageDigest[] {
  return Array.from({ length: days }, (_, day) =>
    digestOf(day, typeof shape === 'function' ? shape(day) : shape),
  );
}

export const POLICY: AdvicePolicy = {
  lookBackDays: 28,
  minimumDays: 14,
  minimumCoverage: 0.9,
  cpuLimit: 'none',
  memoryLimitRatio: 1,
  floors: { cpuCores: 0.01, memoryBytes: 32 * MIB },
  noise: { ratio: 0.05, microsPerMonth: 1_000_000n },
};

/** CPU limits twice the request. */
export const LIMITED: AdvicePolicy = {
  ...POLICY,
  cpuLimit: { timesRequest: 2 },
};

export const hourOf = (slot: number) => slot / 12;

export const workloadOf = (kind: string): WorkloadRef => ({
  namespace: 'shop',
  kind,
  name: 'cart',
});

export const appetiteOf = (value: Appetite): AdviceInput['appetite'] => ({
  value,
  origin: 'annotation',
});

export const factsOf = (
  more: Partial<NonNullable<AdviceInput['facts']>>,
): AdviceInput['facts'] => ({
  name: 'app',
  role: 'main',
  spec: SPEC,
  containersInPod: 1,
  ...more,
});

export function inputOf(
  overrides: Partial<AdviceInput> & { digests: AdviceInput['digests'] },
): AdviceInput {
  const last = overrides.digests.at(-1);
  const end = last ? Date.parse(last.start) + 86_400_000 : FIRST_DAY;
  return {
    cluster: 'eu-1',
    workload: { namespace: 'shop', kind: 'Deployment', name: 'cart' },
    container: 'app',
    window: { start: dayAt(0), end: new Date(end).toISOString() },
    spec: SPEC,
    facts: { name: 'app', role: 'main', spec: SPEC, containersInPod: 1 },
    steering: [],
    limits: [],
    appetite: { value: 'standard', origin: 'default' },
    policy: POLICY,
    prices: {
      currency: 'USD',
      cpuCoreHour: 30_000,
      memoryGibHour: 4_000,
    },
    ...overrides,
  };
}

/** The input as it is once the advice was taken and ran for the same window. */
export function afterTaking(
  input: AdviceInput,
  advice: ContainerAdvice,
): AdviceInput {
  const spec: ContainerSpec = { ...input.spec };
  const { cpu, memory } = advice;
  if (cpu.proposed) {
    spec.cpuRequestCores = cpu.proposed.request;
    spec.cpuLimitCores = cpu.proposed.limit ?? undefined;
  }
  if (memory.proposed) {
    spec.memoryRequestBytes = memory.proposed.request;
    spec.memoryLimitBytes = memory.proposed.limit ?? undefined;
  }
  const steering = input.steering?.map(object => {
    const move = advice.hpa.find(
      ({ kind, name }) => kind === object.kind && name === object.name,
    );
    return move && object.kind !== 'VerticalPodAutoscaler'
      ? {
          ...object,
          metrics: object.metrics.map(metric =>
            metric.resource === move.resource &&
            metric.container === move.container
              ? { ...metric, targetUtilization: move.proposedTarget }
              : metric,
          ),
        }
      : object;
  });
  return {
    ...input,
    spec,
    steering,
    digests: input.digests.map(digest => ({
      ...digest,
      specs: [{ fromSlot: 0, spec }],
    })),
  };
}

export function codesFor(advice: {
  reasons: ContainerAdvice['cpu']['reasons'];
}): string[] {
  return advice.reasons.map(({ code }) => code);
}

function codesOf(values: Array<number | null>): Uint16Array {
  return Uint16Array.from(values, v => (v === null ? 0 : bucketOf(v)));
}

function peak(name: string, values: Array<number | null>) {
  const known = values.filter((v): v is number => v !== null);
  return known.length > 0 ? { [name]: Math.max(...known) } : {};
}
