import { gpuSlots } from '../../world/gpuSlots';
import { NodeLife, providerIdOf } from '../../world/lives';
import { nodeUid } from '../../world/objectIds';
import { allocatable } from '../../world/rooms';
import { NodePool } from '../../world/types';
import { cpuQuantity, memoryQuantity } from '../quantities';
import { KubeObject } from '../types';
import { ObjectContext } from './context';
import { NODE_POOL_LABEL } from './podTemplate';

/** Version of Kubernetes the demo cluster says it is. */
export const KUBERNETES_VERSION = 'v1.36.0';

function labels(life: NodeLife, region: string): Record<string, string> {
  const { pool } = life;
  return {
    'kubernetes.io/arch': 'amd64',
    'kubernetes.io/hostname': life.name,
    'kubernetes.io/os': 'linux',
    'node.kubernetes.io/instance-type': pool.instanceType,
    'topology.kubernetes.io/region': region,
    'topology.kubernetes.io/zone': life.zone,
    'karpenter.sh/capacity-type': pool.capacityType,
    [NODE_POOL_LABEL]: pool.name,
    ...(pool.gpuModel && gpuLabels(pool)),
  };
}

/** Labels of a GPU node, as GPU feature discovery sets them. */
function gpuLabels(pool: NodePool): Record<string, string> {
  const { gpuOffer } = pool;
  const shared = gpuOffer?.type === 'time-slicing';
  return {
    'nvidia.com/gpu.present': 'true',
    'nvidia.com/gpu.count': String(pool.gpuDevices),
    'nvidia.com/gpu.product': `${pool.gpuModel}${shared ? '-SHARED' : ''}`,
    'nvidia.com/gpu.memory': String(pool.gpuMemoryMib),
    'nvidia.com/gpu.replicas': String(shared ? gpuOffer.replicas : 1),
    'nvidia.com/gpu.sharing-strategy': shared ? 'time-slicing' : 'none',
    ...(gpuOffer?.type === 'mig' && { 'nvidia.com/mig.strategy': 'mixed' }),
  };
}

/** What the device plugin offers, by resource. */
function gpuResources(pool: NodePool): Record<string, string> {
  const counts = new Map<string, number>();
  for (const { resource } of gpuSlots(pool)) {
    counts.set(resource, (counts.get(resource) ?? 0) + 1);
  }
  return Object.fromEntries(
    [...counts].map(([resource, count]) => [resource, String(count)]),
  );
}

function resources(
  life: NodeLife,
  { cpuCores, memoryBytes }: { cpuCores: number; memoryBytes: number },
) {
  return {
    cpu: cpuQuantity(cpuCores),
    memory: memoryQuantity(memoryBytes),
    'ephemeral-storage': '104845292Ki',
    pods: '110',
    ...gpuResources(life.pool),
  };
}

function conditions(context: ObjectContext, life: NodeLife) {
  const at = context.time(life.from);
  const healthy = [
    ['MemoryPressure', 'KubeletHasSufficientMemory'],
    ['DiskPressure', 'KubeletHasNoDiskPressure'],
    ['PIDPressure', 'KubeletHasSufficientPID'],
  ].map(([type, reason]) => ({
    type,
    status: 'False',
    reason,
    lastHeartbeatTime: at,
    lastTransitionTime: at,
  }));
  return [
    ...healthy,
    {
      type: 'Ready',
      status: 'True',
      reason: 'KubeletReady',
      message: 'kubelet is posting ready status',
      lastHeartbeatTime: at,
      lastTransitionTime: at,
    },
  ];
}

function node(context: ObjectContext, life: NodeLife): KubeObject {
  const { pool } = life;
  const instance = life.hash.toString(16).padStart(8, '0').repeat(2);
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: context.meta('Node', undefined, life.name, {
      uid: nodeUid(context.cluster, life),
      bornAt: life.from,
      labels: labels(life, context.cluster.region),
    }),
    spec: {
      providerID: providerIdOf(life),
      ...(pool.gpuDevices > 0 && {
        taints: [
          { key: 'nvidia.com/gpu', value: 'true', effect: 'NoSchedule' },
        ],
      }),
    },
    status: {
      addresses: [
        { type: 'InternalIP', address: life.ip },
        { type: 'Hostname', address: life.name },
      ],
      capacity: resources(life, pool),
      allocatable: resources(life, allocatable(pool)),
      conditions: conditions(context, life),
      daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
      nodeInfo: {
        architecture: 'amd64',
        operatingSystem: 'linux',
        osImage: 'Headroom demo cluster (simulated)',
        kernelVersion: '6.12.0',
        containerRuntimeVersion: 'containerd://2.1.4',
        kubeletVersion: KUBERNETES_VERSION,
        kubeProxyVersion: KUBERNETES_VERSION,
        machineID: instance,
        systemUUID: context.uid('Machine', '', life.name),
        bootID: context.uid('Boot', '', life.name, String(life.from)),
      },
    },
  };
}

export function nodes(context: ObjectContext): KubeObject[] {
  return context.state.nodes.map(life => node(context, life));
}
