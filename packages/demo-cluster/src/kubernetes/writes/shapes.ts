import { ResourceDefinition } from '../resources';

/** What a field may hold; `any` is not looked into. */
export type Shape =
  | 'any'
  | 'integer'
  | 'boolean'
  | 'string'
  /** A map of texts. */
  | 'strings'
  /** A map of amounts. */
  | 'quantities'
  | { fields: Record<string, Shape> }
  | { items: Shape };

/** Fields that are there and not looked into. */
function fields(
  names: string,
  more: Record<string, Shape> = {},
): { fields: Record<string, Shape> } {
  const plain = names.split(' ').filter(Boolean);
  return {
    fields: {
      ...Object.fromEntries(
        plain.map((name): [string, Shape] => [name, 'any']),
      ),
      ...more,
    },
  };
}

const METADATA = fields(
  'selfLink uid resourceVersion creationTimestamp deletionTimestamp deletionGracePeriodSeconds ownerReferences managedFields',
  {
    name: 'string',
    namespace: 'string',
    generateName: 'string',
    generation: 'integer',
    labels: 'strings',
    annotations: 'strings',
    finalizers: { items: 'string' },
  },
);

const RESOURCES = fields('claims', {
  requests: 'quantities',
  limits: 'quantities',
});

const CONTAINER = fields(
  'command args ports envFrom env resizePolicy restartPolicyRules volumeMounts volumeDevices livenessProbe readinessProbe startupProbe lifecycle securityContext',
  {
    name: 'string',
    image: 'string',
    workingDir: 'string',
    restartPolicy: 'string',
    terminationMessagePath: 'string',
    terminationMessagePolicy: 'string',
    imagePullPolicy: 'string',
    stdin: 'boolean',
    stdinOnce: 'boolean',
    tty: 'boolean',
    resources: RESOURCES,
  },
);

const POD_SPEC = fields(
  'volumes ephemeralContainers nodeSelector securityContext imagePullSecrets affinity tolerations hostAliases dnsConfig readinessGates overhead topologySpreadConstraints os schedulingGates resourceClaims resources workloadRef hostnameOverride schedulingGroup',
  {
    initContainers: { items: CONTAINER },
    containers: { items: CONTAINER },
    restartPolicy: 'string',
    terminationGracePeriodSeconds: 'integer',
    activeDeadlineSeconds: 'integer',
    dnsPolicy: 'string',
    serviceAccountName: 'string',
    serviceAccount: 'string',
    automountServiceAccountToken: 'boolean',
    nodeName: 'string',
    hostNetwork: 'boolean',
    hostPID: 'boolean',
    hostIPC: 'boolean',
    shareProcessNamespace: 'boolean',
    hostname: 'string',
    subdomain: 'string',
    schedulerName: 'string',
    priorityClassName: 'string',
    priority: 'integer',
    runtimeClassName: 'string',
    enableServiceLinks: 'boolean',
    preemptionPolicy: 'string',
    setHostnameAsFQDN: 'boolean',
    hostUsers: 'boolean',
  },
);

const TEMPLATE: Shape = { fields: { metadata: METADATA, spec: POD_SPEC } };

const SPECS: Record<string, Shape> = {
  Deployment: fields('selector strategy', {
    replicas: 'integer',
    template: TEMPLATE,
    minReadySeconds: 'integer',
    revisionHistoryLimit: 'integer',
    paused: 'boolean',
    progressDeadlineSeconds: 'integer',
  }),
  StatefulSet: fields(
    'selector volumeClaimTemplates updateStrategy persistentVolumeClaimRetentionPolicy ordinals',
    {
      replicas: 'integer',
      template: TEMPLATE,
      serviceName: 'string',
      podManagementPolicy: 'string',
      revisionHistoryLimit: 'integer',
      minReadySeconds: 'integer',
    },
  ),
  DaemonSet: fields('selector updateStrategy', {
    template: TEMPLATE,
    minReadySeconds: 'integer',
    revisionHistoryLimit: 'integer',
  }),
  CronJob: {
    fields: {
      schedule: 'string',
      timeZone: 'string',
      startingDeadlineSeconds: 'integer',
      concurrencyPolicy: 'string',
      suspend: 'boolean',
      successfulJobsHistoryLimit: 'integer',
      failedJobsHistoryLimit: 'integer',
      jobTemplate: {
        fields: {
          metadata: METADATA,
          spec: fields('selector podFailurePolicy successPolicy', {
            parallelism: 'integer',
            completions: 'integer',
            activeDeadlineSeconds: 'integer',
            backoffLimit: 'integer',
            backoffLimitPerIndex: 'integer',
            maxFailedIndexes: 'integer',
            manualSelector: 'boolean',
            ttlSecondsAfterFinished: 'integer',
            completionMode: 'string',
            suspend: 'boolean',
            podReplacementPolicy: 'string',
            managedBy: 'string',
            template: TEMPLATE,
          }),
        },
      },
    },
  },
  HorizontalPodAutoscaler: fields('scaleTargetRef metrics behavior', {
    minReplicas: 'integer',
    maxReplicas: 'integer',
  }),
  ScaledObject: fields('scaleTargetRef advanced triggers fallback', {
    pollingInterval: 'integer',
    initialCooldownPeriod: 'integer',
    cooldownPeriod: 'integer',
    idleReplicaCount: 'integer',
    minReplicaCount: 'integer',
    maxReplicaCount: 'integer',
  }),
  Pod: POD_SPEC,
};

/** Kinds that have something else than a spec. */
const BODIES: Record<string, Record<string, Shape>> = {
  ConfigMap: { data: 'strings', binaryData: 'strings', immutable: 'boolean' },
  ServiceAccount: {
    automountServiceAccountToken: 'boolean',
    secrets: 'any',
    imagePullSecrets: 'any',
  },
  PriorityClass: {
    value: 'integer',
    globalDefault: 'boolean',
    description: 'string',
    preemptionPolicy: 'string',
  },
  Role: { rules: 'any' },
  RoleBinding: { subjects: 'any', roleRef: 'any' },
};

/** What objects of a kind may have. */
export function shapeOf({ kind }: Pick<ResourceDefinition, 'kind'>): Shape {
  const body = BODIES[kind];
  if (body) {
    return {
      fields: {
        apiVersion: 'string',
        kind: 'string',
        metadata: METADATA,
        ...body,
      },
    };
  }
  return {
    fields: {
      apiVersion: 'string',
      kind: 'string',
      metadata: METADATA,
      spec: SPECS[kind] ?? 'any',
      status: 'any',
    },
  };
}

/** What a `Scale` has. */
export const SCALE_SHAPE: Shape = {
  fields: {
    apiVersion: 'string',
    kind: 'string',
    metadata: METADATA,
    spec: { fields: { replicas: 'integer' } },
    status: 'any',
  },
};
