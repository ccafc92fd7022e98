import { InForceRow, ScalingWorkload } from '@headroom/plugin-scaling-common';

/** Of the demo: a Deployment that an autoscaler steers. */
export const webFrontend: ScalingWorkload = {
  id: 'w-web',
  cluster: 'us-west',
  namespace: 'storefront',
  kind: 'Deployment',
  name: 'web-frontend',
  entityRef: 'component:default/web-frontend',
  steeredBy: 'HorizontalPodAutoscaler web-frontend',
};

/** Of the demo: a StatefulSet that nobody steers. */
export const redis: ScalingWorkload = {
  id: 'w-redis',
  cluster: 'eu-central',
  namespace: 'payments',
  kind: 'StatefulSet',
  name: 'redis-feature-store',
  entityRef: 'component:default/redis-feature-store',
};

export function inForceRow(over: Partial<InForceRow> = {}): InForceRow {
  return {
    workload: webFrontend,
    policy: {
      id: 'shop-nights',
      title: 'Shop sleeps at night',
      origin: 'page',
      mode: 'propose',
    },
    losers: [
      {
        id: 'all-nights',
        title: 'Everything sleeps',
        origin: 'config',
        mode: 'observe',
        reason: { message: 'A policy of the service is narrower.' },
      },
    ],
    wanted: { floor: 2, ceiling: 10 },
    actual: { floor: 2, ceiling: 10, replicas: 4, ready: 3 },
    because: { message: 'Mon-Fri 07:00-19:00 Europe/Berlin holds.' },
    next: {
      from: '2026-11-30T18:00:00.000Z',
      to: '2026-12-01T06:00:00.000Z',
      wanted: { floor: 0, ceiling: 0 },
      because: { message: 'No window holds then.' },
    },
    ...over,
  };
}

/** One that is not as wanted, for somebody keeps it up. */
export function heldRow(): InForceRow {
  return inForceRow({
    workload: redis,
    losers: [],
    wanted: { floor: 0, ceiling: 0 },
    actual: { replicas: 2, ready: 2 },
    gap: { message: 'PodDisruptionBudget redis forbids it.' },
    override: {
      id: 'o-1',
      direction: 'up',
      until: '2026-11-30T20:00:00.000Z',
      by: 'user:default/guest',
      reason: 'Black Friday',
      at: '2026-11-30T12:00:00.000Z',
    },
    contested: {
      manager: 'argocd-controller',
      since: '2026-11-30T09:00:00.000Z',
      text: { message: 'Argo CD takes back spec.replicas.' },
      patch: 'ignoreDifferences: []',
    },
  });
}
