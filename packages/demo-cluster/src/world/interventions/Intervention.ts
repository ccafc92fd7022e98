import { z } from 'zod';

/** Most characters an intervention has as JSON, so that a log of them is bounded. */
export const LONGEST_INTERVENTION = 16_384;
/** The same of one that brings an object with it, such as a dashboard. */
export const LONGEST_MANIFEST = 262_144;

const name = z.string().min(1).max(253);
const metadata = z
  .record(z.string().min(1).max(317), z.string().max(8192).nullable())
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

/** An object as somebody wrote it, without its name and without what the API server keeps to itself. */
const manifestSchema = z
  .object({
    apiVersion: z.string().max(253),
    metadata: z
      .object({
        labels: z.record(z.string(), z.string()).optional(),
        annotations: z.record(z.string(), z.string()).optional(),
      })
      .catchall(z.json()),
  })
  .catchall(z.json());

const patchSchema = z.strictObject({
  manifest: manifestSchema.optional(),
  labels: metadata,
  annotations: metadata,
  podLabels: metadata,
  podAnnotations: metadata,
  containers: z.record(name, containerPatchSchema).optional(),
  replicas: replicas.optional(),
  minReplicas: replicas.optional(),
  maxReplicas: replicas.optional(),
  targetUtilization: z.number().int().min(1).max(10_000).optional(),
  suspended: z.boolean().optional(),
  finalizers: z.array(name).max(20).optional(),
  deleting: z.literal(true).optional(),
  deleted: z.literal(true).optional(),
});

/** Kinds that are kept as they are written: nothing of the world follows them. */
export const CREATED_KINDS = [
  'ConfigMap',
  'ServiceAccount',
  'Ingress',
  'LimitRange',
  'ResourceQuota',
  'PodDisruptionBudget',
  'NetworkPolicy',
  'PriorityClass',
  'Role',
  'RoleBinding',
  'PrometheusRule',
  'PodMonitor',
  'ServiceMonitor',
  'TriggerAuthentication',
] as const;

const fields = z.record(z.string(), z.json());
const authorSchema = z.strictObject({
  manager: z.string().min(1).max(128),
  operation: z.enum(['Apply', 'Update']),
  apiVersion: name,
  subresource: z.enum(['scale', 'resize']).optional(),
  owns: fields,
  takes: fields.optional(),
});

/** Reads an {@link Intervention} from JSON. */
export const interventionSchema = z
  .strictObject({
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
        ...CREATED_KINDS,
      ]),
      namespace: name.optional(),
      name,
      uid: z.string().max(64).optional(),
    }),
    patch: patchSchema,
    by: authorSchema.optional(),
  })
  .refine(
    ({ patch, by }) => Object.keys(patch).length > 0 || by !== undefined,
    { path: ['patch'], message: 'changes nothing' },
  );

/** What of a container's resources is changed; null takes a limit away. @public */
export interface ContainerPatch {
  cpuRequestCores?: number;
  memoryRequestBytes?: number;
  cpuLimitCores?: number | null;
  memoryLimitBytes?: number | null;
}

/** An object as somebody wrote it; `kind` and names are those of the intervention. @public */
export interface ObjectManifest {
  apiVersion: string;
  metadata: {
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    [field: string]: unknown;
  };
  [field: string]: unknown;
}

/** What is changed of an object; what isn't named stays. @public */
export interface ObjectPatch {
  /** Makes the object, or puts this in the place of one that was made so. */
  manifest?: ObjectManifest;
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
  /** Percent of the CPU that is asked for at which an HPA, or KEDA's trigger on CPU, aims. */
  targetUtilization?: number;
  /** Of a CronJob. */
  suspended?: boolean;
  /** What keeps the object from going when it is deleted; replaces those it has. */
  finalizers?: string[];
  /** It is to go as soon as nothing keeps it. */
  deleting?: true;
  deleted?: true;
}

/** Fields of an object as `managedFields` has them (`FieldsV1`). @public */
export interface OwnedFields {
  [key: string]: OwnedFields;
}

/** Who changed an object, and which of its fields are theirs from then on. @public */
export interface InterventionAuthor {
  /** Name of the field manager. */
  manager: string;
  operation: 'Apply' | 'Update';
  apiVersion: string;
  subresource?: 'scale' | 'resize';
  /** All that the manager owns after an `Apply`; what it owns besides after an `Update`. */
  owns: OwnedFields;
  /** What nobody else owns any more. */
  takes?: OwnedFields;
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
  /** Absent where it came from no field manager: nobody's fields change hands. */
  by?: InterventionAuthor;
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
  const { manifest } = parsed.data.patch;
  const longest = manifest ? LONGEST_MANIFEST : LONGEST_INTERVENTION;
  if (JSON.stringify(parsed.data).length > longest) {
    throw new InterventionError(
      'invalid',
      `An intervention has at most ${longest} characters.`,
    );
  }
  return parsed.data as Intervention;
}
