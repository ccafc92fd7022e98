import { ResourceMicros } from '../../resources/resources';
import { AllocationItem } from '../allocationItem';

const NONE = {
  labels: {},
  annotations: {},
  services: [],
};

/** Where and whose a container is: cluster, node, namespace, pod, container. */
type Place = [string, string, string, string, string];

/**
 * The cluster of OpenCost's aggregation tests: 82 active and 30 idle. Every
 * container costs 1 a resource and 1 for its load balancer, which counts as
 * network; the first has 11 for memory. `unit` is one, in micros.
 */
export function topology(
  unit: bigint,
  options: { idleByNode?: boolean } = {},
): AllocationItem[] {
  const container = (
    [cluster, node, namespace, pod, name]: Place,
    more: Partial<AllocationItem> = {},
    memory: bigint = 1n,
  ): AllocationItem => ({
    ...NONE,
    cluster,
    node,
    namespace,
    pod,
    container: name,
    cost: {
      cpu: unit,
      memory: memory * unit,
      gpu: unit,
      storage: unit,
      network: 2n * unit,
    },
    ...more,
  });
  const idle = (
    cluster: string,
    node: string | undefined,
    cost: Partial<ResourceMicros>,
  ): AllocationItem => ({
    ...NONE,
    cluster,
    node,
    idle: true,
    cost: { cpu: 0n, memory: 0n, gpu: 0n, storage: 0n, network: 0n, ...cost },
  });
  const deployment = (controller: string) => ({
    controllerKind: 'deployment',
    controller,
  });
  const daemonset1 = {
    controllerKind: 'daemonset',
    controller: 'daemonset1',
    services: ['service1'],
  };
  const statefulset1 = {
    controllerKind: 'statefulset',
    controller: 'statefulset1',
  };
  const app2 = { labels: { app: 'app2', env: 'env2' } };
  const team = (name: string) => ({ annotations: { team: name } });
  const third = (unit * 5n) / 3n;

  return [
    container(
      ['cluster1', 'c1nodes', 'namespace1', 'pod1', 'container1'],
      { labels: { app: 'app1', env: 'env1' } },
      11n,
    ),
    container(
      ['cluster1', 'c1nodes', 'namespace1', 'pod-abc', 'container2'],
      deployment('deployment1'),
    ),
    container(
      ['cluster1', 'c1nodes', 'namespace1', 'pod-def', 'container3'],
      deployment('deployment1'),
    ),
    container(['cluster1', 'c1nodes', 'namespace2', 'pod-ghi', 'container4'], {
      ...deployment('deployment2'),
      ...app2,
    }),
    container(['cluster1', 'c1nodes', 'namespace2', 'pod-ghi', 'container5'], {
      ...deployment('deployment2'),
      ...app2,
    }),
    container(
      ['cluster1', 'c1nodes', 'namespace2', 'pod-jkl', 'container6'],
      daemonset1,
    ),
    container(['cluster2', 'node1', 'namespace2', 'pod-mno', 'container4'], {
      ...deployment('deployment2'),
      labels: { app: 'app2' },
    }),
    container(['cluster2', 'node1', 'namespace2', 'pod-mno', 'container5'], {
      ...deployment('deployment2'),
      labels: { app: 'app2' },
    }),
    container(
      ['cluster2', 'node2', 'namespace2', 'pod-pqr', 'container6'],
      daemonset1,
    ),
    container(['cluster2', 'node2', 'namespace3', 'pod-stu', 'container7'], {
      ...deployment('deployment3'),
      ...team('team1'),
    }),
    container(['cluster2', 'node3', 'namespace3', 'pod-vwx', 'container8'], {
      ...statefulset1,
      ...team('team2'),
    }),
    container(['cluster2', 'node3', 'namespace3', 'pod-vwx', 'container9'], {
      ...statefulset1,
      ...team('team1'),
    }),
    ...(options.idleByNode
      ? [
          idle('cluster1', 'c1nodes', { cpu: 5n * unit, memory: 15n * unit }),
          idle('cluster2', 'node1', { cpu: third, memory: third }),
          idle('cluster2', 'node2', { cpu: third, memory: third }),
          idle('cluster2', 'node3', {
            cpu: 5n * unit - 2n * third,
            memory: 5n * unit - 2n * third,
          }),
        ]
      : [
          idle('cluster1', undefined, { cpu: 5n * unit, memory: 15n * unit }),
          idle('cluster2', undefined, { cpu: 5n * unit, memory: 5n * unit }),
        ]),
  ];
}
