import { z } from 'zod';

/** Most characters an intervention has as JSON, so that a log of them is bounded. */
export const LONGEST_INTERVENTION = 4096;

const name = z.string().min(1).max(253);
const metadata = z
  .record(z.string().min(1).max(317), z.string().max(1024).nullable())
  .optional();
const cores = z.number().min(0).max(1024);
const bytes = z
  .number()
  .int()
  .min(0)
  .max(2 ** 46);
const replicas = z.number().int().min(0).max(1000);

const containerPatchSchema = z.strictObject({
  cpuRequestCores: cores.optional(),
  memoryRequestBytes: bytes.optional(),
  cpuLimitCores: cores.positive().nullable().optional(),
  memoryLimitBytes: bytes.positive().nullable().optional(),
});

const patchSchema = z
  .strictObject({
    labels: metadata,
    annotations: metadata,
    podLabels: metadata,
    podAnnotations: metadata,
    containers: z.record(name, containerPatchSchema).optional(),
    replicas: replicas.optional(),
    minReplicas: replicas.optional(),
    maxReplicas: replicas.optional(),
    suspended: z.boolean().optional(),
    deleted: z.literal(true).optional(),
  })
  .refine(patch => Object.keys(patch).length > 0, 'changes nothing');

/** Reads an {@link Intervention} from JSON. */
export const interventionSchema = z.strictObject({
  at: z.iso.datetime({ offset: true }),
  object: z.strictObject({
    cluster: name,
    kind: z.enum([
      'Deployment',
      'StatefulSet',
      'DaemonSet',
      'CronJob',
      'Pod',
      'HorizontalPodAutoscaler',
      'ScaledObject',
      'VerticalPodAutoscaler',
      'Service',
      'PersistentVolumeClaim',
      'Namespace',
      'Node',
    ]),
    namespace: name.optional(),
    name,
    uid: z.string().max(64).optional(),
  }),
  patch: patchSchema,
});

/** What of a container's resources is changed; null takes a limit away. @public */
export interface ContainerPatch {
  cpuRequestCores?: number;
  memoryRequestBytes?: number;
  cpuLimitCores?: number | null;
  memoryLimitBytes?: number | null;
}

/** What is changed of an object; what isn't named stays. @public */
export interface ObjectPatch {
  /** Labels of the object itself; null takes one away. */
  labels?: Record<string, string | null>;
  annotations?: Record<string, string | null>;
  /** Labels of the pods it makes; pods are replaced. */
  podLabels?: Record<string, string | null>;
  podAnnotations?: Record<string, string | null>;
  /** By name of the container; pods are replaced. */
  containers?: Record<string, ContainerPatch>;
  /** Where an HPA scales, 0 stops it, and any other number leaves it to the HPA. */
  replicas?: number;
  /** Bounds of an autoscaler. */
  minReplicas?: number;
  maxReplicas?: number;
  /** Of a CronJob. */
  suspended?: boolean;
  deleted?: true;
}

/** Kinds of objects that can be changed. @public */
export type ObjectKind = z.infer<typeof interventionSchema>['object']['kind'];

/** An object of a cluster of the world, as Kubernetes names it. @public */
export interface ObjectRef {
  cluster: string;
  kind: ObjectKind;
  /** Absent for what has none. */
  namespace?: string;
  name: string;
  /** Where it is set, only the object with this uid is meant. */
  uid?: string;
}

/** Something that was done to the world from outside. @public */
export interface Intervention {
  /** The instant it was done, ISO 8601; the world follows it to the second. */
  at: string;
  object: ObjectRef;
  patch: ObjectPatch;
}

/** What an API server would refuse a change for. @public */
export type InterventionRefusal =
  | 'not-found'
  | 'conflict'
  | 'invalid'
  | 'too-many';

/** An intervention that can't be; the message is a sentence that says why. @public */
export class InterventionError extends Error {
  readonly reason: InterventionRefusal;

  constructor(reason: InterventionRefusal, message: string) {
    super(message);
    this.name = 'InterventionError';
    this.reason = reason;
  }
}

/** Checks the form of what came from outside. Throws {@link InterventionError}. */
export function parseIntervention(value: unknown): Intervention {
  const parsed = interventionSchema.safeParse(value);
  if (!parsed.success) {
    const [{ path, message }] = parsed.error.issues;
    throw new InterventionError(
      'invalid',
      `This is no intervention: ${[...path, message].join(': ')}.`,
    );
  }
  if (JSON.stringify(parsed.data).length > LONGEST_INTERVENTION) {
    throw new InterventionError(
      'invalid',
      `An intervention has at most ${LONGEST_INTERVENTION} characters.`,
    );
  }
  return parsed.data;
}
