/** What kube-state-metrics says of nodes, pods and claims. */
import { WorldNode } from './nodes';
import { PODS, WorldPod } from './pods';
import { seedOf } from './random';
import { GeneratedSeries, GIB, ksm, MIB, SCRAPES } from './series';

export function nodeSeries(node: WorldNode): GeneratedSeries[] {
  const to = node.leaves ?? SCRAPES;
  const capacity = (resource: string, unit: string, value: number) =>
    ksm(
      'kube_node_status_capacity',
      { node: node.name, resource, unit },
      -1,
      to,
      value,
    );
  return [
    ...ksm(
      'kube_node_info',
      { node: node.name, kernel_version: '6.1', kubelet_version: 'v1.34.1' },
      -1,
      to,
    ),
    ...ksm(
      'kube_node_labels',
      {
        node: node.name,
        label_node_kubernetes_io_instance_type: node.instanceType,
        label_topology_kubernetes_io_region: 'us-west-2',
        label_topology_kubernetes_io_zone: 'us-west-2a',
        label_karpenter_sh_capacity_type: node.capacityType,
        label_karpenter_sh_nodepool: node.pool,
        ...node.gpuLabels,
      },
      -1,
      to,
    ),
    ...capacity('cpu', 'core', node.cpuCores),
    ...capacity('memory', 'byte', node.memoryGib * GIB),
    ...Object.entries(node.gpuUnits).flatMap(([resource, { units }]) =>
      capacity(resource, 'integer', units),
    ),
  ];
}

export function podSeries(pod: WorldPod): GeneratedSeries[] {
  const { namespace, name, node, from, to, owner } = pod;
  const runsTo = pod.completes ?? to;
  const identity = { namespace, pod: name, uid: uidOf(pod) };
  const requests = pod.containers.flatMap(container =>
    (
      [
        ['cpu', 'core', container.cpuRequest],
        [
          'memory',
          'byte',
          container.memoryRequestMib && container.memoryRequestMib * MIB,
        ],
        [
          container.gpuResource ?? 'nvidia_com_gpu',
          'integer',
          container.gpuRequest,
        ],
      ] as const
    ).flatMap(([resource, unit, value]) =>
      value === undefined
        ? []
        : ksm(
            'kube_pod_container_resource_requests',
            { ...identity, container: container.name, node, resource, unit },
            from,
            to,
            value,
          ),
    ),
  );
  return [
    ...ksm(
      'kube_pod_info',
      {
        ...identity,
        node,
        created_by_kind: owner?.kind ?? '<none>',
        created_by_name: owner?.name ?? '<none>',
      },
      from,
      to,
    ),
    ...ksm(
      'kube_pod_status_phase',
      { ...identity, phase: 'Running' },
      from,
      runsTo,
    ),
    ...(pod.completes
      ? ksm(
          'kube_pod_status_phase',
          { ...identity, phase: 'Succeeded' },
          pod.completes,
          to,
        )
      : []),
    ...ksm(
      'kube_pod_labels',
      { ...identity, label_backstage_io_kubernetes_id: pod.service },
      from,
      to,
    ),
    ...requests,
    ...pod.claims.flatMap(claim =>
      ksm(
        'kube_pod_spec_volumes_persistentvolumeclaims_info',
        { ...identity, persistentvolumeclaim: claim, volume: 'data' },
        from,
        to,
      ),
    ),
  ];
}

export function uidOf({ namespace, name, node, from }: WorldPod): string {
  return seedOf(`${namespace}/${name}/${node}/${from}`).toString(16);
}

/** Every claim once, with the size of the data set it keeps. */
export function claims(): Array<{
  namespace: string;
  claim: string;
  gib: number;
}> {
  const names = new Map<
    string,
    { namespace: string; claim: string; gib: number }
  >();
  for (const { namespace, claims: mounted } of PODS) {
    for (const claim of mounted) {
      const gib = claim.includes('search') ? 200 : 50;
      names.set(`${namespace}/${claim}`, { namespace, claim, gib });
    }
  }
  return [...names.values()];
}

export function claimSeries({
  namespace,
  claim,
  gib,
}: ReturnType<typeof claims>[number]) {
  const labels = { namespace, persistentvolumeclaim: claim };
  return [
    ...ksm(
      'kube_persistentvolumeclaim_resource_requests_storage_bytes',
      labels,
      -1,
      SCRAPES,
      gib * GIB,
    ),
    ...ksm(
      'kube_persistentvolumeclaim_info',
      { ...labels, storageclass: 'gp3', volumename: `pv-${claim}` },
      -1,
      SCRAPES,
    ),
  ];
}

/** Which controller each pod's owner belongs to. */
export function owners(): GeneratedSeries[] {
  const seen = new Set<string>();
  return PODS.flatMap(({ namespace, owner, top, from, to }) => {
    if (!owner || !top || seen.has(`${namespace}/${owner.name}`)) {
      return [];
    }
    seen.add(`${namespace}/${owner.name}`);
    const job = owner.kind === 'Job';
    return ksm(
      job ? 'kube_job_owner' : 'kube_replicaset_owner',
      {
        namespace,
        [job ? 'job_name' : 'replicaset']: owner.name,
        owner_kind: top.kind,
        owner_name: top.name,
        owner_is_controller: 'true',
      },
      job ? from : -1,
      job ? to : SCRAPES,
    );
  });
}
