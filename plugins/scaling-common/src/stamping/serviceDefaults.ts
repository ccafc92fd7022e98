import { ScalingSignal, ServiceKind, ServiceSpec } from './ServiceSpec';
import { TRAINING_CRON } from './trainingCron';

/** What a kind of service has unless somebody says otherwise. @public */
export interface ServiceDefaults {
  replicas: ServiceSpec['replicas'];
  requests: ServiceSpec['requests'];
  signal: ScalingSignal;
  /** Percent of the request for `cpu` and `memory`, else a number a replica. */
  target?: number;
  latencyMilliseconds?: number;
  gpu?: ServiceSpec['gpu'];
  storage?: string;
  spot: boolean;
  cron?: string;
  /**
   * How long the largest number of replicas wanted lately is kept before there are
   * fewer, in seconds.
   */
  scaleDownAfterSeconds: number;
  /** The most that goes at a time: this many pods in this many seconds. */
  scaleDown: { pods?: number; percent?: number; seconds: number };
}

/**
 * The defaults of each kind. Why they are so is in `docs/templates.md`, which a test
 * keeps in step.
 *
 * @public
 */
export const SERVICE_DEFAULTS: Readonly<Record<ServiceKind, ServiceDefaults>> =
  {
    'web-service': {
      replicas: { min: 2, max: 10 },
      requests: { cpu: '250m', memory: '256Mi', ephemeralStorage: '256Mi' },
      signal: 'cpu',
      target: 70,
      spot: false,
      scaleDownAfterSeconds: 300,
      scaleDown: { percent: 50, seconds: 60 },
    },
    'api-gateway': {
      replicas: { min: 3, max: 15 },
      requests: { cpu: '500m', memory: '256Mi', ephemeralStorage: '256Mi' },
      signal: 'cpu',
      target: 60,
      spot: false,
      scaleDownAfterSeconds: 300,
      scaleDown: { percent: 25, seconds: 60 },
    },
    'model-serving': {
      replicas: { min: 2, max: 20 },
      requests: { cpu: '1', memory: '2Gi', ephemeralStorage: '1Gi' },
      signal: 'requestsPerSecond',
      target: 20,
      latencyMilliseconds: 500,
      spot: false,
      scaleDownAfterSeconds: 600,
      scaleDown: { pods: 1, seconds: 120 },
    },
    'gpu-inference': {
      replicas: { min: 2, max: 8 },
      requests: { cpu: '2', memory: '8Gi', ephemeralStorage: '4Gi' },
      signal: 'queueDepth',
      target: 4,
      gpu: { sharing: 'whole' },
      spot: false,
      scaleDownAfterSeconds: 900,
      scaleDown: { pods: 1, seconds: 300 },
    },
    'batch-inference': {
      replicas: { min: 0, max: 50 },
      requests: { cpu: '1', memory: '1Gi', ephemeralStorage: '1Gi' },
      signal: 'queueDepth',
      target: 20,
      spot: true,
      scaleDownAfterSeconds: 300,
      scaleDown: { percent: 50, seconds: 60 },
    },
    'training-job': {
      replicas: { min: 0, max: 1 },
      requests: { cpu: '4', memory: '16Gi', ephemeralStorage: '10Gi' },
      signal: 'none',
      gpu: { sharing: 'whole' },
      storage: '50Gi',
      spot: true,
      cron: TRAINING_CRON,
      scaleDownAfterSeconds: 300,
      scaleDown: { pods: 1, seconds: 60 },
    },
    'feature-store': {
      replicas: { min: 3, max: 15 },
      requests: { cpu: '500m', memory: '2Gi', ephemeralStorage: '256Mi' },
      signal: 'memory',
      target: 70,
      storage: '20Gi',
      spot: false,
      scaleDownAfterSeconds: 1800,
      scaleDown: { pods: 1, seconds: 600 },
    },
  };

/**
 * A service with all that nobody has said: the defaults of its kind, port 8080, UTC.
 * Nothing is checked, and what must be said (name, namespace, cluster, owner, image)
 * is not made up.
 *
 * @public
 */
export function completeSpec(
  partial: Partial<ServiceSpec> & Pick<ServiceSpec, 'kind'>,
): Partial<ServiceSpec> & Pick<ServiceSpec, 'kind'> {
  const { replicas, requests, signal, target, latencyMilliseconds, ...rest } =
    SERVICE_DEFAULTS[partial.kind];
  const scaling = partial.scaling ?? { signal };
  return {
    environment: 'production',
    criticality: 'standard',
    port: 8080,
    timezone: 'UTC',
    spot: rest.spot,
    ...(rest.gpu && { gpu: rest.gpu }),
    ...(rest.storage !== undefined && { storage: rest.storage }),
    ...(rest.cron !== undefined && { cron: rest.cron }),
    ...partial,
    replicas: { ...replicas, ...partial.replicas },
    requests: { ...requests, ...partial.requests },
    scaling: {
      ...(scaling.signal === signal && { target, latencyMilliseconds }),
      ...scaling,
    },
  };
}
