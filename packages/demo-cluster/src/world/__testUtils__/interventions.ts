import fc from 'fast-check';
import { createWorld, World } from '../createWorld';
import { Intervention, InterventionError } from '../interventions/Intervention';
import { GIB, MIB } from '../types';

/** A Monday. */
export const START = new Date('2026-01-05T00:00:00Z');

/** An instant of the history. */
export function instant(hour: number, minute = 0, second = 0): Date {
  return new Date(
    START.getTime() + hour * 3_600_000 + minute * 60_000 + second * 1000,
  );
}

/** A world in which something was done. */
export function worldWith(
  interventions: Intervention[],
  seed: number | string = 1,
): World {
  const world = createWorld({ seed, start: START });
  interventions.forEach(entry => world.intervene(entry));
  return world;
}

/** An intervention in `us-west`; the object as `Kind/namespace/name`, or `Kind/name`. */
export function done(
  at: Date,
  object: string,
  patch: Intervention['patch'],
): Intervention {
  const [kind, ...names] = object.split('/');
  return {
    at: at.toISOString(),
    object: {
      cluster: 'us-west',
      kind: kind as Intervention['object']['kind'],
      ...(names.length > 1 && { namespace: names[0] }),
      name: names[names.length - 1],
    },
    patch,
  };
}

/** Requests and limits of the container of a workload. */
function resources(
  object: string,
  container: string,
): fc.Arbitrary<[string, Intervention['patch']]> {
  return fc
    .record({
      cpuRequestCores: fc.constantFrom(0, 0.1, 0.7, 3),
      memoryRequestBytes: fc.constantFrom(0, 64 * MIB, 2 * GIB),
      memoryLimitBytes: fc.constantFrom(null, 80 * MIB, 2 * GIB, 5 * GIB),
    })
    .map(patch => [object, { containers: { [container]: patch } }]);
}

const anyChange = fc.oneof(
  resources('Deployment/storefront/web-frontend', 'web'),
  resources('Deployment/payments/payment-ledger', 'ledger'),
  resources('Deployment/ml-serving/akidb-rest', 'akidb'),
  resources('Deployment/storefront/session-service', 'session'),
  resources('StatefulSet/ml-serving/job-queue', 'nats'),
  resources('DaemonSet/observability/log-shipper', 'log-shipper'),
  resources('CronJob/payments/invoice-run', 'invoices'),
  fc.constantFrom<[string, Intervention['patch']]>(
    ['Deployment/storefront/web-frontend', { replicas: 0 }],
    ['Deployment/storefront/web-frontend', { replicas: 5 }],
    ['Deployment/payments/payment-ledger', { replicas: 1 }],
    ['Deployment/payments/payment-ledger', { replicas: 9 }],
    ['StatefulSet/ml-serving/job-queue', { replicas: 1 }],
    ['StatefulSet/ml-serving/job-queue', { replicas: 4 }],
    ['Deployment/edge/api-gateway', { podLabels: { team: 'edge' } }],
    ['Deployment/edge/api-gateway', { labels: { team: 'edge' } }],
    ['Deployment/ml-serving/reranker', { deleted: true }],
    ['HorizontalPodAutoscaler/storefront/web-frontend', { minReplicas: 5 }],
    ['HorizontalPodAutoscaler/storefront/web-frontend', { maxReplicas: 2 }],
    ['HorizontalPodAutoscaler/edge/api-gateway', { deleted: true }],
    ['ScaledObject/reporting/report-generator', { maxReplicas: 3 }],
    ['ScaledObject/ml-serving/document-indexer', { targetUtilization: 30 }],
    ['CronJob/payments/invoice-run', { suspended: true }],
    ['CronJob/payments/invoice-run', { suspended: false }],
    ['CronJob/ml-batch/batch-inference-processor', { deleted: true }],
    ['Pod/ml-serving/job-queue-0', { deleted: true }],
    [
      'Pod/ml-serving/job-queue-1',
      { containers: { nats: { cpuRequestCores: 2, memoryLimitBytes: GIB } } },
    ],
    [
      'Pod/ml-serving/job-queue-2',
      {
        containers: {
          nats: { memoryLimitBytes: 400 * MIB, memoryRequestBytes: 0 },
        },
      },
    ],
    [
      'ScaledObject/reporting/report-generator',
      { annotations: { 'autoscaling.keda.sh/paused-replicas': '0' } },
    ],
    [
      'ScaledObject/ml-serving/document-indexer',
      { annotations: { 'autoscaling.keda.sh/paused': 'true' } },
    ],
    [
      'ScaledObject/ml-serving/document-indexer',
      { annotations: { 'autoscaling.keda.sh/paused': null } },
    ],
    ['Namespace/legacy', { deleted: true }],
    ['PersistentVolumeClaim/ml-serving/data-job-queue-3', { deleted: true }],
  ),
);

/** What may be done in the first hours of a world, in the order of time; some of it to what isn't there by then. */
export function anyInterventions(hours: number): fc.Arbitrary<Intervention[]> {
  const seconds = fc.oneof(
    fc.integer({ min: 0, max: hours * 3600 - 1 }),
    fc.integer({ min: 0, max: hours - 1 }).map(hour => hour * 3600),
  );
  return fc
    .array(fc.tuple(seconds, anyChange), { minLength: 1, maxLength: 10 })
    .map(list =>
      [...list]
        .sort(([a], [b]) => a - b)
        .map(([at, [object, patch]]) => done(instant(0, 0, at), object, patch)),
    );
}

/** Does what can be done, and leaves out what is refused. */
export function interveneWherePossible(
  world: World,
  interventions: Intervention[],
): Intervention[] {
  return interventions.filter(entry => {
    try {
      world.intervene(entry);
      return true;
    } catch (error) {
      if (error instanceof InterventionError) {
        return false;
      }
      throw error;
    }
  });
}
