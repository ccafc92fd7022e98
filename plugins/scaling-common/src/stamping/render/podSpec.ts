import { parseQuantity } from '@headroom/common';
import { parseGpuModel } from '@headroom/plugin-cost-common';
import { ServiceSpec } from '../ServiceSpec';
import { gpuResourceOf } from './gpuResource';
import {
  labelsOf,
  PORT_NAME,
  priorityClassOf,
  queueSecretOf,
  selectorOf,
} from './names';

/** Above the ids of a node's people, as kube-score asks. */
const USER_ID = 10_001;
/** Where a training leaves its checkpoints, and a store its rows. */
const CHECKPOINTS = '/checkpoints';
const DATA = '/data';
/** How long a model or a store may take until it can serve, in probes of 10 s. */
const PATIENT_STARTS = 60;
const QUICK_STARTS = 12;

/** How long a pod may take to end, with the drain of its requests. */
export function graceSecondsOf({ kind }: ServiceSpec): number {
  switch (kind) {
    case 'training-job':
      return 120;
    case 'feature-store':
      return 60;
    default:
      return 45;
  }
}

/** The labels of pods; a change of what they select would be refused. */
export function podMetadataOf(spec: ServiceSpec) {
  return { labels: labelsOf(spec) };
}

/** One container that does the work, as every template has it. */
export function podSpecOf(spec: ServiceSpec) {
  const training = spec.kind === 'training-job';
  return {
    serviceAccountName: spec.name,
    automountServiceAccountToken: false,
    priorityClassName: priorityClassOf(spec),
    terminationGracePeriodSeconds: graceSecondsOf(spec),
    ...(training && { restartPolicy: 'Never' }),
    securityContext: {
      runAsNonRoot: true,
      runAsUser: USER_ID,
      runAsGroup: USER_ID,
      fsGroup: USER_ID,
      fsGroupChangePolicy: 'OnRootMismatch',
      seccompProfile: { type: 'RuntimeDefault' },
    },
    ...placementOf(spec),
    containers: [containerOf(spec)],
    volumes: [
      { name: 'tmp', emptyDir: { sizeLimit: '64Mi' } },
      ...(training && spec.storage !== undefined
        ? [
            {
              name: 'checkpoints',
              persistentVolumeClaim: { claimName: `${spec.name}-checkpoints` },
            },
          ]
        : []),
    ],
  };
}

/** Apart from each other where possible; on capacity that is taken back where that is said. */
function placementOf(spec: ServiceSpec) {
  const { spot, gpu } = spec;
  const selector = { matchLabels: selectorOf(spec) };
  const single = spec.kind === 'training-job';
  const tolerations = [
    ...(spot
      ? [{ key: 'headroom.io/spot', operator: 'Exists', effect: 'NoSchedule' }]
      : []),
    ...(gpu
      ? [{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }]
      : []),
  ];
  const devices = devicesOf(spec);
  return {
    ...(tolerations.length > 0 && { tolerations }),
    affinity: {
      ...((spot || devices) && {
        nodeAffinity: {
          ...(devices && {
            requiredDuringSchedulingIgnoredDuringExecution: {
              nodeSelectorTerms: [{ matchExpressions: [devices] }],
            },
          }),
          ...(spot && {
            preferredDuringSchedulingIgnoredDuringExecution: [
              {
                weight: 100,
                preference: {
                  matchExpressions: [
                    {
                      key: 'karpenter.sh/capacity-type',
                      operator: 'In',
                      values: ['spot'],
                    },
                  ],
                },
              },
            ],
          }),
        },
      }),
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          {
            weight: 100,
            podAffinityTerm: {
              topologyKey: 'kubernetes.io/hostname',
              labelSelector: selector,
            },
          },
        ],
      },
    },
    ...(!single && {
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: 'topology.kubernetes.io/zone',
          whenUnsatisfiable: 'ScheduleAnyway',
          labelSelector: selector,
        },
      ],
    }),
  };
}

/**
 * On which devices it may run. A turn on a shared one and a whole one have the same
 * resource name, so the labels of GPU feature discovery tell them apart: it adds
 * `-SHARED` to the product of devices that are shared.
 */
function devicesOf({ gpu }: ServiceSpec) {
  if (!gpu) {
    return undefined;
  }
  const turns = gpu.sharing === 'time-slicing';
  if (gpu.model !== undefined) {
    const { model } = parseGpuModel(gpu.model);
    return {
      key: 'nvidia.com/gpu.product',
      operator: 'In',
      values: [turns ? `${model}-SHARED` : model],
    };
  }
  return {
    key: 'nvidia.com/gpu.sharing-strategy',
    operator: turns ? 'In' : 'NotIn',
    values: turns ? ['time-slicing'] : ['time-slicing', 'mps'],
  };
}

function containerOf(spec: ServiceSpec) {
  const { name, image, port, kind } = spec;
  return {
    name,
    image,
    imagePullPolicy: 'Always',
    ports: [{ name: PORT_NAME, containerPort: port, protocol: 'TCP' }],
    env: environmentOf(spec),
    resources: resourcesOf(spec),
    ...probesOf(spec),
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      privileged: false,
      capabilities: { drop: ['ALL'] },
    },
    volumeMounts: [
      { name: 'tmp', mountPath: '/tmp' },
      ...(kind === 'training-job' && spec.storage !== undefined
        ? [{ name: 'checkpoints', mountPath: CHECKPOINTS }]
        : []),
      ...(kind === 'feature-store' ? [{ name: 'data', mountPath: DATA }] : []),
    ],
  };
}

function environmentOf(spec: ServiceSpec) {
  const { name, port, kind, gpu } = spec;
  const gpuBytes = gpu?.memory && parseQuantity(gpu.memory);
  return [
    { name: 'SERVICE_NAME', value: name },
    { name: 'PORT', value: String(port) },
    ...(kind === 'gpu-inference' && gpu
      ? [
          { name: 'DEVICE', value: 'cuda' },
          ...(gpuBytes
            ? [{ name: 'GPU_MEMORY_BYTES', value: String(gpuBytes) }]
            : []),
        ]
      : []),
    ...(kind === 'batch-inference'
      ? [
          { name: 'QUEUE_NAME', value: name },
          {
            name: 'RABBITMQ_URL',
            valueFrom: {
              secretKeyRef: { name: queueSecretOf(spec), key: 'url' },
            },
          },
        ]
      : []),
    ...(kind === 'training-job'
      ? [{ name: 'CHECKPOINT_DIR', value: CHECKPOINTS }]
      : []),
    ...(kind === 'feature-store'
      ? [
          { name: 'DATA_DIR', value: DATA },
          {
            name: 'POD_NAME',
            valueFrom: { fieldRef: { fieldPath: 'metadata.name' } },
          },
        ]
      : []),
  ];
}

function resourcesOf(spec: ServiceSpec) {
  const { requests, limits } = spec;
  const device = gpuResourceOf(spec);
  return {
    requests: {
      cpu: requests.cpu,
      memory: requests.memory,
      'ephemeral-storage': requests.ephemeralStorage,
      ...device,
    },
    limits: {
      ...(limits?.cpu !== undefined && { cpu: limits.cpu }),
      memory: limits?.memory ?? requests.memory,
      'ephemeral-storage': requests.ephemeralStorage,
      ...device,
    },
  };
}

/** Liveness asks for less than readiness, and more patiently: who is busy isn't dead. */
function probesOf(spec: ServiceSpec) {
  const patient = spec.gpu !== undefined || /model|store/.test(spec.kind);
  const ask = (path: string) => ({ httpGet: { path, port: PORT_NAME } });
  return {
    startupProbe: {
      ...ask('/healthz'),
      periodSeconds: 10,
      failureThreshold: patient ? PATIENT_STARTS : QUICK_STARTS,
    },
    readinessProbe: {
      ...ask('/readyz'),
      periodSeconds: 5,
      timeoutSeconds: 2,
      failureThreshold: 2,
    },
    livenessProbe: {
      ...ask('/healthz'),
      periodSeconds: 20,
      timeoutSeconds: 5,
      failureThreshold: 3,
    },
  };
}
