import { error, ServiceIssue } from './ServiceIssue';
import { ScalingSignal, ServiceKind, ServiceSpec } from './ServiceSpec';
import { sayStamping } from './stampingSentences';

const SERVING: readonly ScalingSignal[] = [
  'cpu',
  'memory',
  'requestsPerSecond',
  'none',
];

/** What each kind tells, so that something can follow it. */
const SIGNALS: Readonly<Record<ServiceKind, readonly ScalingSignal[]>> = {
  'web-service': SERVING,
  'api-gateway': SERVING,
  'model-serving': SERVING,
  'gpu-inference': ['queueDepth', 'requestsPerSecond', 'none'],
  'batch-inference': ['queueDepth', 'none'],
  'training-job': ['none'],
  'feature-store': SERVING,
};

/** What the number of replicas follows, and whether it can. */
export function checkScaling({ kind, scaling }: ServiceSpec): ServiceIssue[] {
  const { signal, target } = scaling;
  if (!SIGNALS[kind].includes(signal)) {
    return [
      error(
        'scaling.signal',
        sayStamping('signal', {
          signal,
          kind,
          right: SIGNALS[kind].join(', '),
        }),
      ),
    ];
  }
  const percent = signal === 'cpu' || signal === 'memory';
  return percent && target !== undefined && target > 100
    ? [error('scaling.target', sayStamping('targetAbove', { target }))]
    : [];
}
