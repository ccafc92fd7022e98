import { multiplyDecimal } from '../money/decimals';
import { splitExactly } from '../money/splitExactly';
import { NetworkHour, VolumeHour } from '../observations/observations';
import { CapacityType } from '../resources/resources';
import { ProblemLog } from './problems';
import { RowBook } from './RowBook';
import {
  POD_LEVEL_CONTAINER,
  UNMOUNTED_WORKLOAD,
  WorkloadIdentity,
} from './types';

/** A pod of the hour: who it belongs to and what it ran on. */
export interface PodPlace {
  identity: WorkloadIdentity;
  capacityType: CapacityType;
  region: string;
}

/** Finds the pods of an hour and notes which of them carry costs of their own. */
export interface PodBook {
  find(namespace: string, pod: string): PodPlace | undefined;
  addIdentity(identity: WorkloadIdentity): void;
}

const BYTE_SECONDS_PER_GIB_HOUR = 3600 * 2 ** 30;

/** A volume costs its claimed size; pods that mounted it share it evenly. */
export function chargeVolume(
  volume: VolumeHour,
  gibHourPrice: string,
  pods: PodBook,
  rows: RowBook,
  problems: ProblemLog,
): void {
  const { namespace, claim, capacityByteSeconds } = volume;
  if (!(Number.isFinite(capacityByteSeconds) && capacityByteSeconds >= 0)) {
    problems.add(
      'error',
      'invalid-quantity',
      `${namespace}/${claim}`,
      () =>
        `Volume claim ${namespace}/${claim} has ${capacityByteSeconds} byte-seconds and is left out; it should be a number of at least 0.`,
    );
    return;
  }
  const cost = multiplyDecimal(
    gibHourPrice,
    capacityByteSeconds,
    BYTE_SECONDS_PER_GIB_HOUR,
  );
  const byteHours = capacityByteSeconds / 3600;
  const mounts = [...new Set(volume.pods)].sort();
  const places = mounts
    .map(pod => pods.find(namespace, pod))
    .filter(place => place !== undefined);

  if (places.length === 0) {
    if (mounts.length > 0) {
      reportUnknownPod(namespace, mounts[0], problems);
    }
    const { row } = rows.idle(
      UNMOUNTED_WORKLOAD,
      'on-demand',
      volume.region ?? '',
    );
    row.cost.storage += cost;
    row.storageByteHours += byteHours;
    return;
  }
  const shares = splitExactly(
    cost,
    places.map(() => 1n),
  );
  places.forEach((place, i) => {
    const row = podRow(
      place,
      place.region || (volume.region ?? ''),
      pods,
      rows,
    );
    row.cost.storage += shares[i];
    row.used.storage += shares[i];
    row.storageByteHours += byteHours / places.length;
  });
}

/** Traffic is paid as it is used, by the pod that sent it. */
export function chargeNetwork(
  network: NetworkHour,
  cost: bigint,
  pods: PodBook,
  rows: RowBook,
  problems: ProblemLog,
): void {
  let place = pods.find(network.namespace, network.pod);
  if (!place) {
    // It is paid and its namespace is known, so it stays with the pod by name.
    reportUnknownPod(network.namespace, network.pod, problems);
    place = {
      identity: {
        namespace: network.namespace,
        workloadKind: 'Pod',
        workload: network.pod,
        container: POD_LEVEL_CONTAINER,
        labels: {},
      },
      capacityType: 'on-demand',
      region: '',
    };
  }
  const row = podRow(place, place.region, pods, rows);
  row.cost.network += cost;
  row.used.network += cost;
  row.networkBytes +=
    (network.crossZoneBytes ?? 0) +
    (network.crossRegionBytes ?? 0) +
    (network.internetBytes ?? 0);
}

function podRow(place: PodPlace, region: string, pods: PodBook, rows: RowBook) {
  const identity = { ...place.identity, container: POD_LEVEL_CONTAINER };
  pods.addIdentity(identity);
  return rows.workload(identity, place.capacityType, region).row;
}

function reportUnknownPod(
  namespace: string,
  pod: string,
  problems: ProblemLog,
): void {
  problems.add(
    'warning',
    'unknown-pod',
    namespace,
    count =>
      `${count} volume(s) or flow(s) in namespace ${namespace} name a pod that no container was seen of, e.g. ${pod}; its cost can't reach a workload.`,
  );
}
