import { Policy } from '@headroom/plugin-scaling-common';
import { deploymentsOf, nameOf, namespaceOf, REPLICAS } from './objects';

/** A policy that has what it wants: of a workload, of a label, or of a namespace. */
export function policyOf(
  index: number,
  { clusters, objects }: { clusters: number; objects: number },
): Policy {
  const inCluster = Math.floor(objects / clusters);
  const deployment = Math.floor(index / clusters) % deploymentsOf(inCluster);
  const namespace = namespaceOf(deployment, Math.floor(inCluster / 50));
  const scopes: Policy['scope'][] = [
    {
      type: 'workload',
      kind: 'Deployment',
      namespace,
      name: nameOf(deployment),
    },
    {
      type: 'selector',
      selector: `app.kubernetes.io/name=${nameOf(deployment)}`,
    },
    { type: 'namespace', namespace },
  ];
  return {
    id: `policy-${index}`,
    title: `Policy ${index}`,
    origin: { type: 'page' },
    scope: scopes[index % 10 < 7 ? 0 : (index % 2) + 1],
    clusters: [`cluster-${index % clusters}`],
    mode: 'enforce',
    schedules: [
      {
        zone: 'Europe/Berlin',
        windows: [
          {
            type: 'weekly',
            days: ['mon', 'tue', 'wed', 'thu', 'fri'],
            times: { start: '07:00', end: '19:00' },
            wish: { type: 'bounds', floor: REPLICAS },
          },
        ],
        exceptions: [],
        holidays: [],
      },
    ],
    outside: { type: 'bounds', floor: REPLICAS },
    exclusions: [],
    overrides: [],
    graceMinutes: 15,
    lead: { type: 'measured' },
    twoPersons: false,
    limits: {},
  };
}
