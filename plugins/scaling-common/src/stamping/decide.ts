import { Worded } from '@headroom/common';
import { completeSpec, SERVICE_DEFAULTS } from './serviceDefaults';
import { DecidedGpu, decideGpu } from './decideGpu';
import { DecisionAnswers } from './DecisionAnswers';
import { isBatch } from './render/names';
import { ServiceKind, ServiceSpec } from './ServiceSpec';
import { sayStamping } from './stampingSentences';

/** @public */
export type DecidedSpec = Pick<
  ServiceSpec,
  | 'kind'
  | 'environment'
  | 'criticality'
  | 'replicas'
  | 'requests'
  | 'scaling'
  | 'spot'
> &
  Partial<Pick<ServiceSpec, 'limits' | 'gpu' | 'storage'>>;

/** Why a piece is as it is, and which mistakes that avoids. @public */
export interface DecidedReason {
  field: 'kind' | 'scaling' | 'replicas' | 'requests' | 'gpu' | 'spot' | 'vpa';
  /** As it is printed: `2 to 10`. */
  value: string;
  reason: Worded;
  avoids: readonly Worded[];
}

/** @public */
export interface Decision {
  spec: DecidedSpec;
  reasons: readonly DecidedReason[];
}

/** So much more than the peak needs, for a node that is lost at the peak. */
const ROOM = 4 / 3;
/** The largest number of replicas that answers lead to. */
const MOST_REPLICAS = 200;

const KIND_REASONS = {
  'web-service': 'kindRequests',
  'api-gateway': 'kindGateway',
  'model-serving': 'kindModel',
  'gpu-inference': 'kindGpu',
  'batch-inference': 'kindBatch',
  'training-job': 'kindTraining',
  'feature-store': 'kindState',
} as const;

/**
 * The decision matrix: what kind of service it is, what scales it and between which
 * bounds, whether it shares a GPU and may be interrupted; each with its reason.
 *
 * Sources: the defaults' in `docs/templates.md`; which signal fits which work: the
 * autoscaling guides of Kubernetes, KEDA and NVIDIA's Triton.
 *
 * @public
 */
export function decide(answers: DecisionAnswers): Decision {
  const kind = answers.kind ?? kindOf(answers);
  const { criticality, environment } = answers;
  const defaults = SERVICE_DEFAULTS[kind];
  const device = decideGpu(kind, answers);
  const latency = answers.latencyMilliseconds ?? defaults.latencyMilliseconds;
  const scaling: ServiceSpec['scaling'] = {
    signal: defaults.signal,
    ...(defaults.target !== undefined && { target: defaults.target }),
    ...(latency !== undefined &&
      !isBatch({ kind }) && { latencyMilliseconds: latency }),
  };
  const replicas = replicasOf(kind, answers, scaling);
  const spot =
    criticality !== 'critical' && (answers.interruptible ?? defaults.spot);
  const { requests, storage } = completeSpec({ kind });
  const spec: DecidedSpec = {
    kind,
    environment,
    criticality,
    replicas,
    requests: requests!,
    scaling,
    spot,
    ...(device && { gpu: device.gpu }),
    ...(storage !== undefined && { storage }),
  };
  return { spec, reasons: reasonsOf(spec, answers, device) };
}

function kindOf({ work, gpuMemory }: DecisionAnswers): ServiceKind {
  switch (work) {
    case 'gateway':
      return 'api-gateway';
    case 'model':
      return gpuMemory === undefined ? 'model-serving' : 'gpu-inference';
    case 'queue':
      return 'batch-inference';
    case 'training':
      return 'training-job';
    case 'state':
      return 'feature-store';
    default:
      return 'web-service';
  }
}

function replicasOf(
  kind: ServiceKind,
  { requestsPerSecond, criticality }: DecisionAnswers,
  scaling: ServiceSpec['scaling'],
): ServiceSpec['replicas'] {
  const { min, max } = SERVICE_DEFAULTS[kind].replicas;
  const least =
    criticality === 'critical' ? Math.max(min, leastCritical(kind)) : min;
  if (scaling.signal !== 'requestsPerSecond' || !requestsPerSecond) {
    return { min: least, max };
  }
  const needed = Math.ceil(requestsPerSecond / (scaling.target ?? 1));
  const most = Math.ceil(needed * ROOM);
  return {
    min: least,
    max: Math.min(MOST_REPLICAS, Math.max(least + 1, most)),
  };
}

/** One a zone; work on a queue waits, and yet somebody is there when it comes. */
function leastCritical(kind: ServiceKind): number {
  switch (kind) {
    case 'training-job':
      return 0;
    case 'batch-inference':
      return 2;
    default:
      return 3;
  }
}

function reasonsOf(
  spec: DecidedSpec,
  answers: DecisionAnswers,
  device: DecidedGpu | undefined,
): DecidedReason[] {
  const { kind, replicas, requests, scaling, spot } = spec;
  const { min, max } = replicas;
  const minutes = SERVICE_DEFAULTS[kind].scaleDownAfterSeconds / 60;
  const isSlow = SERVICE_DEFAULTS[kind].scaleDownAfterSeconds > 300;
  return [
    {
      field: 'kind',
      value: kind,
      reason: sayStamping(KIND_REASONS[kind]),
      avoids: [],
    },
    {
      field: 'scaling',
      value: scaling.signal,
      reason: signalReason(spec),
      avoids: [
        ...(device && scaling.signal !== 'none'
          ? [sayStamping('avoidsGpuUtilization')]
          : []),
        sayStamping('avoidsHpaAndVpa'),
      ],
    },
    ...(scaling.latencyMilliseconds !== undefined
      ? [
          {
            field: 'scaling' as const,
            value: `${scaling.latencyMilliseconds} ms`,
            reason: sayStamping(
              scaling.signal === 'requestsPerSecond'
                ? 'latencyGuard'
                : 'latencyAlert',
              { latency: scaling.latencyMilliseconds },
            ),
            avoids: [],
          },
        ]
      : []),
    ...(isSlow
      ? [
          {
            field: 'scaling' as const,
            value: `${minutes} min`,
            reason: sayStamping('scaleDownSlow', { minutes }),
            avoids: [sayStamping('avoidsQuickDown')],
          },
        ]
      : []),
    {
      field: 'replicas',
      value: `${min}–${max}`,
      reason: replicasReason(spec, answers),
      avoids: [
        ...(min > 1 ? [sayStamping('avoidsOneReplica')] : []),
        ...(spec.criticality === 'critical'
          ? [sayStamping('avoidsZeroCritical')]
          : []),
        ...(min === 0 && scaling.signal === 'queueDepth'
          ? [sayStamping('avoidsQuickZero')]
          : []),
        sayStamping('avoidsNoBudget'),
      ],
    },
    {
      field: 'requests',
      value: `${requests.cpu} CPU, ${requests.memory}`,
      reason: sayStamping('requests'),
      avoids: [sayStamping('avoidsNoRequests')],
    },
    ...(device ? [gpuReason(device)] : []),
    {
      field: 'spot',
      value: String(spot),
      reason: sayStamping(spot ? 'spotYes' : 'spotNo'),
      avoids: [],
    },
    {
      field: 'vpa',
      value: 'Off',
      reason: sayStamping('vpaOff'),
      avoids: [sayStamping('avoidsHpaAndVpa')],
    },
  ];
}

function signalReason({ kind, scaling }: DecidedSpec): Worded {
  const target = scaling.target ?? 0;
  switch (scaling.signal) {
    case 'cpu':
      return sayStamping('signalCpu', { target });
    case 'memory':
      return sayStamping('signalMemory');
    case 'requestsPerSecond':
      return sayStamping('signalRequests', { target });
    case 'queueDepth':
      return kind === 'batch-inference'
        ? sayStamping('signalQueue', { target })
        : sayStamping('signalGpuQueue');
    default:
      return sayStamping('signalNone');
  }
}

function replicasReason(
  { kind, scaling, replicas, criticality }: DecidedSpec,
  { requestsPerSecond }: DecisionAnswers,
): Worded {
  if (requestsPerSecond && scaling.signal === 'requestsPerSecond') {
    const target = scaling.target ?? 1;
    return sayStamping('replicasTraffic', {
      requests: requestsPerSecond,
      target,
      needed: Math.ceil(requestsPerSecond / target),
    });
  }
  if (requestsPerSecond && !isBatch({ kind })) {
    return sayStamping('replicasUnmeasured', { requests: requestsPerSecond });
  }
  if (criticality === 'critical' && kind !== 'training-job') {
    return sayStamping(
      kind === 'batch-inference' ? 'replicasQueueCritical' : 'replicasCritical',
      { min: replicas.min },
    );
  }
  switch (kind) {
    case 'api-gateway':
      return sayStamping('replicasGateway');
    case 'batch-inference':
      return sayStamping('replicasQueue');
    case 'training-job':
      return sayStamping('replicasTraining');
    case 'feature-store':
      return sayStamping('replicasState');
    default:
      return sayStamping('replicasServing');
  }
}

function gpuReason({ gpu, reason }: DecidedGpu): DecidedReason {
  return {
    field: 'gpu',
    value: gpu.memory ?? gpu.sharing,
    reason,
    avoids: [
      sayStamping('avoidsFraction'),
      ...(gpu.sharing === 'mig' ? [sayStamping('avoidsNoIsolation')] : []),
    ],
  };
}
