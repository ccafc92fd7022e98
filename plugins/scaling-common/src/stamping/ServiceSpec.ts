import { z } from 'zod';

/**
 * What a new service can be. Each has defaults of its own; see `SERVICE_DEFAULTS`.
 *
 * @public
 */
export const SERVICE_KINDS = [
  'web-service',
  'api-gateway',
  'model-serving',
  'gpu-inference',
  'batch-inference',
  'training-job',
  'feature-store',
] as const;

/** @public */
export type ServiceKind = (typeof SERVICE_KINDS)[number];

/** @public */
export const ENVIRONMENTS = ['development', 'staging', 'production'] as const;

/** @public */
export type Environment = (typeof ENVIRONMENTS)[number];

/**
 * What it means for people when the service is down; the same words as the
 * appetite for risk of advice.
 *
 * @public
 */
export const CRITICALITIES = ['dev', 'standard', 'critical'] as const;

/** @public */
export type Criticality = (typeof CRITICALITIES)[number];

/**
 * What the number of replicas follows.
 *
 * @public
 */
export const SCALING_SIGNALS = [
  'cpu',
  'memory',
  'requestsPerSecond',
  'queueDepth',
  'none',
] as const;

/** @public */
export type ScalingSignal = (typeof SCALING_SIGNALS)[number];

/**
 * How a GPU is shared: a whole device, replicas of one that take turns, or a slice
 * of its own.
 *
 * @public
 */
export const GPU_SHARINGS = ['whole', 'time-slicing', 'mig'] as const;

/** @public */
export type GpuSharing = (typeof GPU_SHARINGS)[number];

/** As Kubernetes writes quantities: `250m`, `1`, `512Mi`. */
const quantity = z.string().min(1).max(20);

const dnsLabel = (longest: number) =>
  z
    .string()
    .max(longest)
    .regex(/^[a-z]([-a-z0-9]*[a-z0-9])?$/);

/**
 * What is to be created, as the form, the actions and the estimate of its cost share
 * it. CPU and memory are of one replica. Relations between fields are checked by
 * `checkServiceSpec`.
 *
 * @public
 */
export const serviceSpecSchema = z.strictObject({
  kind: z.enum(SERVICE_KINDS),
  /** A DNS label; 52 characters, as a CronJob adds eleven to its Jobs' names. */
  name: dnsLabel(52),
  namespace: dnsLabel(63),
  /** A name under `headroom.clusters`. */
  cluster: z.string().min(1).max(63),
  /** The entity reference of the team. */
  owner: z.string().min(1).max(200),
  system: z.string().max(200).optional(),
  description: z.string().max(500).optional(),
  environment: z.enum(ENVIRONMENTS),
  criticality: z.enum(CRITICALITIES),
  /** With a tag that is not `latest`, or a digest. */
  image: z.string().min(1).max(300),
  port: z.number().int().min(1).max(65535),
  replicas: z.strictObject({
    min: z.number().int().min(0),
    max: z.number().int().min(1),
  }),
  requests: z.strictObject({
    cpu: quantity,
    memory: quantity,
    ephemeralStorage: quantity,
  }),
  /** Memory's limit is its request unless said; CPU has no limit unless said. */
  limits: z
    .strictObject({ cpu: quantity.optional(), memory: quantity.optional() })
    .optional(),
  scaling: z.strictObject({
    signal: z.enum(SCALING_SIGNALS),
    /** Percent of the request for `cpu` and `memory`, else a number a replica. */
    target: z.number().positive().optional(),
    /** The p95 latency beyond which replicas are added, for those that ask for it. */
    latencyMilliseconds: z.number().positive().optional(),
  }),
  gpu: z
    .strictObject({
      memory: quantity.optional(),
      sharing: z.enum(GPU_SHARINGS),
      /** As the node's labels write it, such as `NVIDIA-A10G`. */
      model: z.string().max(100).optional(),
    })
    .optional(),
  /** Whether it may run on capacity that the provider takes back. */
  spot: z.boolean(),
  /** Of a StatefulSet's volume, a replica. */
  storage: quantity.optional(),
  /** An IANA name, of the windows and of a training's cron. */
  timezone: z.string().min(1).max(64),
  /** When it has to run, as `headroom.io/schedule` is written. */
  schedule: z.string().max(1000).optional(),
  /** Five fields, when a training begins. */
  cron: z.string().max(100).optional(),
  budget: z
    .strictObject({
      amount: z.string().regex(/^\d+(\.\d{1,2})?$/),
      currency: z.string().length(3),
    })
    .optional(),
});

/** @public */
export type ServiceSpec = z.infer<typeof serviceSpecSchema>;
