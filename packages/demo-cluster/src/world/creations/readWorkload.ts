import { parseQuantity } from '@headroom/common';
import { z } from 'zod';
import {
  InterventionError,
  ObjectManifest,
} from '../interventions/Intervention';
import { GPU_RESOURCE, gpuSlots } from '../gpuSlots';
import { needsOf } from '../rooms';
import { ClusterSpec, ContainerSpec, NodePool, VolumeSpec } from '../types';
import { dailyRuns, DailyRuns, zoneOffsetHours } from './cronRuns';
import { poolFor } from './poolFor';
import { usageFor } from './usageFor';

const texts = z.record(z.string(), z.string());
const amounts = z.record(z.string(), z.union([z.string(), z.number()]));
const containerSchema = z.object({
  name: z.string(),
  image: z.string().default(''),
  restartPolicy: z.string().optional(),
  ports: z.array(z.object({ containerPort: z.number() })).default([]),
  resources: z
    .object({ requests: amounts.default({}), limits: amounts.default({}) })
    .default({ requests: {}, limits: {} }),
});
const templateSchema = z.object({
  metadata: z
    .object({ labels: texts.default({}), annotations: texts.default({}) })
    .default({ labels: {}, annotations: {} }),
  spec: z.object({
    containers: z.array(containerSchema).min(1),
    initContainers: z.array(containerSchema).default([]),
    nodeSelector: texts.default({}),
    tolerations: z
      .array(z.object({ key: z.string(), value: z.string() }).partial())
      .default([]),
    affinity: z.unknown().optional(),
  }),
});
const replicatedSchema = z.object({
  replicas: z.number().int().min(0).default(1),
  selector: z.object({ matchLabels: texts.default({}) }),
  template: templateSchema,
  volumeClaimTemplates: z
    .array(
      z.object({
        metadata: z.object({ name: z.string() }),
        spec: z.object({
          storageClassName: z.string().default('gp3'),
          resources: z.object({ requests: amounts }),
        }),
      }),
    )
    .default([]),
});
const cronJobSchema = z.object({
  schedule: z.string(),
  timeZone: z.string().default('Etc/UTC'),
  suspend: z.boolean().default(false),
  jobTemplate: z.object({
    spec: z.object({
      parallelism: z.number().int().min(0).default(1),
      template: templateSchema,
    }),
  }),
});

type PodTemplate = z.output<typeof templateSchema>;

/** What the world follows of a workload that somebody wrote. */
export interface WrittenWorkload {
  pool: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  containers: ContainerSpec[];
  podLabels: Record<string, string>;
  podAnnotations: Record<string, string>;
  /** The spec of its pods as it was written. */
  podSpec: Record<string, unknown>;
  matchLabels?: Record<string, string>;
  /** Of a CronJob there are runs instead. */
  replicas?: number;
  runs?: DailyRuns & { pods: number };
  suspended?: boolean;
  volume?: VolumeSpec;
}

/** Where, when and for whom a workload is read. */
export interface ReadingContext {
  cluster: ClusterSpec;
  /** The instant it is written, of which zones know their summer. */
  at: Date;
  /** What chance is drawn from for the workload. */
  hash: number;
}

function invalid(message: string): InterventionError {
  return new InterventionError('invalid', message);
}

/** Reads a Deployment, StatefulSet or CronJob. Throws {@link InterventionError} for one that the world can't follow. */
export function readWorkload(
  kind: string,
  manifest: ObjectManifest,
  context: ReadingContext,
): WrittenWorkload {
  const { labels = {}, annotations = {} } = manifest.metadata;
  const own = { labels, annotations };
  if (kind === 'CronJob') {
    const spec = parsed(cronJobSchema, manifest);
    return {
      ...own,
      ...podsOf(spec.jobTemplate.spec.template, context, true),
      podSpec: rawPodSpec(manifest, ['spec', 'jobTemplate', 'spec']),
      runs: {
        ...runsOf(spec, context),
        pods: spec.jobTemplate.spec.parallelism,
      },
      suspended: spec.suspend,
    };
  }
  const spec = parsed(replicatedSchema, manifest);
  const [claim] = spec.volumeClaimTemplates;
  return {
    ...own,
    ...podsOf(spec.template, context, false),
    podSpec: rawPodSpec(manifest, ['spec']),
    matchLabels: spec.selector.matchLabels,
    replicas: spec.replicas,
    ...(claim && {
      volume: {
        name: claim.metadata.name,
        storageClass: claim.spec.storageClassName,
        capacityBytes: amountOf(claim.spec.resources.requests, 'storage') ?? 0,
      },
    }),
  };
}

/** The pods as they were written, with all that the world doesn't follow. */
function rawPodSpec(
  manifest: ObjectManifest,
  path: string[],
): Record<string, unknown> {
  return [...path, 'template', 'spec'].reduce<Record<string, unknown>>(
    (inside, key) => inside[key] as Record<string, unknown>,
    manifest,
  );
}

function parsed<T>(schema: z.ZodType<T>, manifest: ObjectManifest): T {
  const result = schema.safeParse(manifest.spec);
  if (!result.success) {
    const [{ path, message }] = result.error.issues;
    throw invalid(`${['spec', ...path].join('.')}: ${message}`);
  }
  return result.data;
}

function runsOf(
  { schedule, timeZone }: z.output<typeof cronJobSchema>,
  { cluster, at }: ReadingContext,
): DailyRuns {
  const offset = zoneOffsetHours(timeZone, at);
  if (offset === undefined) {
    throw invalid(`spec.timeZone: unknown time zone ${timeZone}`);
  }
  const runs = dailyRuns(schedule, cluster.utcOffsetHours - offset);
  if (!runs) {
    throw invalid(
      `spec.schedule: the simulated cluster runs a CronJob at one time of some days of the week, such as "30 2 * * 1-5"; "${schedule}" is another.`,
    );
  }
  return runs;
}

const NO_USAGE = {
  cpuCores: 0,
  cpuFollows: 0,
  memoryBytes: 0,
  memoryFollows: 0,
};

function podsOf(template: PodTemplate, context: ReadingContext, runs: boolean) {
  const { nodeSelector, tolerations, affinity } = template.spec;
  const all = [
    ...template.spec.containers.map(each => ({ each, role: 'main' as const })),
    ...template.spec.initContainers.map(each => ({
      each,
      role:
        each.restartPolicy === 'Always'
          ? ('sidecar' as const)
          : ('init' as const),
    })),
  ];
  const needs = needsOf(
    all.map(({ each, role }) => ({
      ...amountsOf(each),
      name: each.name,
      image: each.image,
      role,
      usage: NO_USAGE,
    })),
  );
  const pool = poolFor(context.cluster.pools, needs, {
    nodeSelector,
    tolerations,
    affinity,
  });
  if (!pool) {
    throw invalid(
      `spec.template.spec: no pool of the simulated cluster ${context.cluster.name} has nodes for ${needs.cpuCores} cores, ${needs.memoryBytes} bytes of memory and ${needs.gpuDevices} of ${needs.gpuResource} with this nodeSelector; such pods would wait for ever.`,
    );
  }
  return {
    pool: pool.name,
    podLabels: template.metadata.labels,
    podAnnotations: template.metadata.annotations,
    containers: all.map(({ each, role }, index): ContainerSpec => {
      const asked = amountsOf(each);
      const [port] = each.ports;
      return {
        name: each.name,
        image: each.image,
        role,
        ...asked,
        ...(port && { port: port.containerPort }),
        usage: usageFor(context.hash, {
          cpuCores: asked.cpuRequestCores,
          memoryBytes: asked.memoryRequestBytes,
          gpuDevices: asked.gpuDevices ?? 0,
          gpuMemoryBytes: gpuMemoryOf(pool, asked.gpuResource),
          runs,
          index,
        }),
      };
    }),
  };
}

function amountOf(
  from: Record<string, string | number>,
  resource: string,
): number | undefined {
  const value = from[resource];
  return value === undefined ? undefined : parseQuantity(value);
}

/** What a container asks for; what has a limit only asks for that. */
function amountsOf({ resources }: z.output<typeof containerSchema>) {
  const { requests, limits } = resources;
  const cpuLimitCores = amountOf(limits, 'cpu');
  const memoryLimitBytes = amountOf(limits, 'memory');
  const gpuResource = Object.keys({ ...requests, ...limits }).find(each =>
    each.startsWith('nvidia.com/'),
  );
  const gpuDevices =
    gpuResource &&
    (amountOf(limits, gpuResource) ?? amountOf(requests, gpuResource));
  return {
    cpuRequestCores: amountOf(requests, 'cpu') ?? cpuLimitCores ?? 0,
    memoryRequestBytes: amountOf(requests, 'memory') ?? memoryLimitBytes ?? 0,
    ...(cpuLimitCores !== undefined && { cpuLimitCores }),
    ...(memoryLimitBytes !== undefined && { memoryLimitBytes }),
    ...(gpuDevices && { gpuDevices, gpuResource: gpuResource! }),
  };
}

/** Memory of what one unit of a resource is on a node of a pool. */
function gpuMemoryOf(
  pool: NodePool,
  resource = GPU_RESOURCE,
): number | undefined {
  const slot = gpuSlots(pool).find(each => each.resource === resource);
  if (!slot || !pool.gpuMemoryMib) {
    return undefined;
  }
  const share = slot.instance
    ? slot.instance.spec.memoryEighths / 8
    : slot.boardShare;
  return pool.gpuMemoryMib * 1024 ** 2 * share;
}
