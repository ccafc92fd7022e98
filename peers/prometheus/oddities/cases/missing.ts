import assert from 'node:assert/strict';
import { KSM, node, pod, said, usage } from '../cluster';
import { chargeOf, problemsOf, Seen } from '../observe';
import { GIB, HOURS, Series } from '../series';
import { assertClose } from './right';
import { Cases } from './types';

const owner = (
  metric: string,
  object: Record<string, string>,
  kind: string,
  name: string,
) =>
  said(KSM, metric, {
    namespace: 'shop',
    ...object,
    owner_kind: kind,
    owner_name: name,
    owner_is_controller: 'true',
  });

/** A claim of 100 GiB whose volume has 200, and that `web-1` mounts; one that waits; and a volume whose claim is gone. */
function storage(): Series[] {
  const claim = (name: string, phase: string) => {
    const labels = { namespace: 'shop', persistentvolumeclaim: name };
    return [
      said(
        KSM,
        'kube_persistentvolumeclaim_resource_requests_storage_bytes',
        labels,
        100 * GIB,
      ),
      said(KSM, 'kube_persistentvolumeclaim_status_phase', {
        ...labels,
        phase,
      }),
      said(KSM, 'kube_persistentvolumeclaim_info', {
        ...labels,
        storageclass: 'gp3',
        volumename: phase === 'Bound' ? 'pv-1' : undefined,
      }),
    ];
  };
  const volume = (name: string, phase: string) => [
    said(
      KSM,
      'kube_persistentvolume_capacity_bytes',
      { persistentvolume: name },
      200 * GIB,
    ),
    said(KSM, 'kube_persistentvolume_status_phase', {
      persistentvolume: name,
      phase,
    }),
    said(KSM, 'kube_persistentvolume_info', {
      persistentvolume: name,
      storageclass: 'gp3',
    }),
  ];
  const mount = {
    namespace: 'shop',
    pod: 'web-1',
    volume: 'data',
    persistentvolumeclaim: 'data-web-1',
  };
  return [
    ...claim('data-web-1', 'Bound'),
    ...claim('big', 'Pending'),
    ...volume('pv-1', 'Bound'),
    ...volume('pv-old', 'Released'),
    said(KSM, 'kube_pod_spec_volumes_persistentvolumeclaims_info', mount),
    said(
      KSM,
      'kube_pod_spec_volumes_persistentvolumeclaims_readonly',
      mount,
      0,
    ),
  ];
}

/** A native sidecar of `web-1` that asks for a core. */
function sidecar(): Series[] {
  const labels = { namespace: 'shop', pod: 'web-1', container: 'proxy' };
  return [
    said(
      KSM,
      'kube_pod_init_container_resource_requests',
      { ...labels, node: 'node-1', resource: 'cpu' },
      1,
    ),
    said(KSM, 'kube_pod_init_container_status_running', labels),
    said(KSM, 'kube_pod_init_container_status_ready', labels),
  ];
}

interface World {
  labels?: Record<string, string>;
}

/** A Deployment with a sidecar and a claim, and a CronJob. */
function world({ labels = { label_app: 'web' } }: World = {}): Series[] {
  return [
    ...node(),
    ...pod({ owner: { kind: 'ReplicaSet', name: 'web-7d9' }, labels }),
    ...pod({
      name: 'report-28-x',
      container: 'report',
      owner: { kind: 'Job', name: 'report-28' },
    }),
    ...sidecar(),
    ...storage(),
    ...usage(),
    owner(
      'kube_replicaset_owner',
      { replicaset: 'web-7d9' },
      'Deployment',
      'web',
    ),
    owner('kube_job_owner', { job_name: 'report-28' }, 'CronJob', 'report'),
    owner('kube_pod_owner', { pod: 'web-1' }, 'ReplicaSet', 'web-7d9'),
    owner('kube_pod_owner', { pod: 'report-28-x' }, 'Job', 'report-28'),
  ];
}

const GIB_HOUR = 0.00005479452;

const codesOf = (seen: Seen, hour: number) =>
  problemsOf(seen, hour).filter(code => code !== 'no-instance-type');

/** What is said of a world without some series, in every hour, is this and no more. */
const without = (
  metrics: string[],
  codes: string[],
  message: RegExp,
  check: (seen: Seen, hour: number) => void = () => {},
  series = world(),
) => ({
  series: series.filter(({ metric }) => !metrics.includes(metric)),
  check: (seen: Seen) => {
    for (let hour = 0; hour < HOURS; hour++) {
      assert.deepEqual(codesOf(seen, hour), codes);
      check(seen, hour);
    }
    const text = seen.observations.problems.map(each => each.message).join(' ');
    assert.match(text, message);
  },
});

const storageOf =
  (name: string, dollars: number) => (seen: Seen, hour: number) =>
    assertClose(
      chargeOf(seen, hour, name).storageDollars,
      dollars,
      `storage of ${name}`,
    );

/** A pod says nothing of its controller. */
const anonymous = (all: Series[]) =>
  all.map(one => {
    const {
      created_by_kind: _kind,
      created_by_name: _name,
      ...labels
    } = one.labels;
    return { ...one, labels };
  });

export const missingSeries: Cases = {
  'nothing is missing': without([], [], /^$/, (seen, hour) => {
    storageOf('web', 200 * GIB_HOUR)(seen, hour);
    storageOf('__unmounted__', 200 * GIB_HOUR)(seen, hour);
    assertClose(chargeOf(seen, hour, 'web').coreHours, 2, 'core-hours');
  }),
  'no kube_node_info': {
    ...without(['kube_node_info'], ['no-nodes'], /hours are gaps.*nodes among/),
  },
  'no container_memory_working_set_bytes': without(
    ['container_memory_working_set_bytes'],
    ['no-memory-usage'],
    /container_memory_working_set_bytes.*Memory in use.*metricRelabelings/,
    (seen, hour) =>
      assertClose(chargeOf(seen, hour, 'web').gibHours, 2, 'GiB-hours'),
  ),
  'no container_cpu_usage_seconds_total': without(
    ['container_cpu_usage_seconds_total'],
    ['no-cpu-usage'],
    /container_cpu_usage_seconds_total.*CPU in use.*metricRelabelings/,
    (seen, hour) =>
      assertClose(chargeOf(seen, hour, 'web').gibHours, 4, 'GiB-hours'),
  ),
  'no sizes of claims': without(
    ['kube_persistentvolumeclaim_resource_requests_storage_bytes'],
    ['no-claims'],
    /resource_requests_storage_bytes.*not charged.*persistentvolumeclaims among/,
    storageOf('web', 0),
  ),
  'no phases of claims': without(
    ['kube_persistentvolumeclaim_status_phase'],
    ['no-claim-phases'],
    /persistentvolumeclaim_status_phase.*charged as if they had one/,
  ),
  'no volumes of claims': without(
    ['kube_persistentvolumeclaim_info'],
    ['no-claim-volumes'],
    /persistentvolumeclaim_info.*default price/,
    storageOf('web', 100 * GIB_HOUR),
  ),
  'no mounts': without(
    ['kube_pod_spec_volumes_persistentvolumeclaims_info'],
    ['no-mounts'],
    /volumes_persistentvolumeclaims_info.*belongs to nobody.*pods among/,
    storageOf('web', 0),
  ),
  'no mounts, told by the name of a claim': without(
    [
      'kube_pod_spec_volumes_persistentvolumeclaims_info',
      'kube_pod_spec_volumes_persistentvolumeclaims_readonly',
    ],
    ['no-mounts'],
    /belongs to nobody/,
  ),
  'no sizes of volumes': without(
    ['kube_persistentvolume_capacity_bytes'],
    ['no-volume-sizes'],
    /persistentvolume_capacity_bytes.*size they asked for/,
    storageOf('web', 100 * GIB_HOUR),
  ),
  'no phases of volumes': without(
    ['kube_persistentvolume_status_phase'],
    ['no-volume-phases'],
    /persistentvolume_status_phase.*paid and not seen/,
    storageOf('__unmounted__', 0),
  ),
  'no classes of volumes': without(
    ['kube_persistentvolume_info'],
    ['no-volume-classes'],
    /persistentvolume_info.*default price/,
  ),
  'no word of when init containers run': without(
    ['kube_pod_init_container_status_running'],
    ['no-init-status'],
    /init_container_status_running.*charged to nobody/,
    (seen, hour) =>
      assertClose(chargeOf(seen, hour, 'web').coreHours, 1, 'core-hours'),
  ),
  'no owners of ReplicaSets': without(
    ['kube_replicaset_owner'],
    ['no-replicaset-owners'],
    /kube_replicaset_owner of ReplicaSet shop\/web-7d9.*each rollout.*replicasets among/,
    (seen, hour) =>
      assertClose(chargeOf(seen, hour, 'web-7d9').coreHours, 2, 'core-hours'),
  ),
  'no owners of ReplicaSets, and pods that show their hash': without(
    ['kube_replicaset_owner'],
    [],
    /^$/,
    (seen, hour) =>
      assertClose(chargeOf(seen, hour, 'web').coreHours, 2, 'core-hours'),
    world({ labels: { label_app: 'web', label_pod_template_hash: '7d9' } }),
  ),
  'no owners of Jobs': without(
    ['kube_job_owner'],
    ['no-job-owners'],
    /kube_job_owner of Job shop\/report-28.*jobs among/,
  ),
  'no owners of pods, and none are needed': without(
    ['kube_pod_owner'],
    [],
    /^$/,
  ),
  'no owners of pods, and pods that name no controller': without(
    ['kube_pod_owner'],
    ['no-pod-owners'],
    /kube_pod_owner.*workloads of their own/,
    (seen, hour) =>
      assertClose(chargeOf(seen, hour, 'web-1').coreHours, 2, 'core-hours'),
    anonymous(world()),
  ),
  'a node without capacity has no other fault': without(
    ['kube_node_status_capacity'],
    ['node-without-capacity'],
    /node-1\. .*denylist.*nodes among/,
  ),
};
