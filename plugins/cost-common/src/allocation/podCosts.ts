import {
  multiplyDecimal,
  ProblemLog,
  splitExactly,
  toCommonScale,
  WorkloadIdentity,
} from '@headroom/common';
import { NetworkHour, VolumeHour } from '../observations/observations';
import { CapacityType } from '../resources/resources';
import { wordAllocation } from '../problems';
import { RowBook } from './RowBook';
import { POD_LEVEL_CONTAINER, UNMOUNTED_WORKLOAD } from './types';

/** A pod of the hour: who it belongs to and what it ran on. */
export interface PodPlace {
  identity: WorkloadIdentity;
  pod: string;
  /** Absent when it was not bound to a node. */
  node?: string;
  capacityType: CapacityType;
  region: string;
}

/** Finds the pods of an hour and notes which of them carry costs of their own. */
export interface PodBook {
  find(namespace: string, pod: string): PodPlace | undefined;
  addIdentity(identity: WorkloadIdentity): void;
}

const BYTE_SECONDS_PER_GIB_HOUR = 3600 * 2 ** 30;

/** Less than this share of a volume's time is how doubles add up. */
const DUST = 1e-9;

/**
 * A volume costs its size; pods that mounted it share it by the seconds that fall
 * to each (evenly where the source doesn't say), and the rest is unmounted.
 */
export function chargeVolume(
  volume: VolumeHour,
  gibHourPrice: string,
  pods: PodBook,
  rows: RowBook,
  problems: ProblemLog,
): void {
  const { namespace, claim, capacityByteSeconds } = volume;
  if (!(Number.isFinite(capacityByteSeconds) && capacityByteSeconds >= 0)) {
    problems.add('error', 'invalid-quantity', `${namespace}/${claim}`, () =>
      wordAllocation('volumeInvalid', {
        claim: `${namespace}/${claim}`,
        value: capacityByteSeconds,
      }),
    );
    return;
  }
  const cost = multiplyDecimal(
    gibHourPrice,
    capacityByteSeconds,
    BYTE_SECONDS_PER_GIB_HOUR,
  );
  const byteHours = capacityByteSeconds / 3600;
  const shareOf = shareByPod(volume, problems);
  const mounts = [...new Set(volume.pods)].sort().map(pod => ({
    pod,
    place: pods.find(namespace, pod),
  }));
  const found = mounts.filter(
    (mount): mount is { pod: string; place: PodPlace } =>
      mount.place !== undefined,
  );
  const [lost] = mounts.filter(({ place }) => !place);
  if (lost && (shareOf || found.length === 0)) {
    reportUnknownPod(namespace, lost.pod, problems);
  }
  const places = found.map(({ pod, place }) => ({
    place,
    share: shareOf?.get(pod) ?? 1 / found.length,
  }));
  const mounted = places.reduce((sum, { share }) => sum + share, 0);
  const rest = places.length > 0 ? Math.max(0, 1 - mounted) : 1;
  const unmounted = rest > DUST ? rest : 0;
  const weights = toCommonScale([
    ...places.map(({ share }) => share),
    unmounted,
  ]);
  const shares = splitExactly(cost, weights);
  places.forEach(({ place, share }, i) => {
    const row = podRow(
      place,
      place.region || (volume.region ?? ''),
      pods,
      rows,
    );
    row.cost.storage += shares[i];
    row.used.storage += shares[i];
    row.storageByteHours += (byteHours * share) / (mounted + unmounted);
  });
  if (unmounted > 0) {
    const { row } = rows.idle(
      UNMOUNTED_WORKLOAD,
      'on-demand',
      volume.region ?? '',
    );
    row.cost.storage += shares[places.length];
    row.storageByteHours += byteHours * (unmounted / (mounted + unmounted));
  }
}

/**
 * Share of a volume's time that falls to each pod, together at most 1; undefined
 * when the source doesn't say.
 */
function shareByPod(
  volume: VolumeHour,
  problems: ProblemLog,
): Map<string, number> | undefined {
  const { namespace, claim, podSeconds, existedSeconds = 3600 } = volume;
  if (!podSeconds) {
    return undefined;
  }
  const areSeconds =
    podSeconds.length === volume.pods.length &&
    [existedSeconds, ...podSeconds].every(
      seconds => Number.isFinite(seconds) && seconds >= 0,
    );
  if (!areSeconds) {
    problems.add('error', 'invalid-quantity', `${namespace}/${claim}`, () =>
      wordAllocation('volumeSharesInvalid', {
        claim: `${namespace}/${claim}`,
        seconds: podSeconds.join(', '),
        pods: volume.pods.length,
        existed: existedSeconds,
      }),
    );
    return undefined;
  }
  const total = Math.max(
    existedSeconds,
    podSeconds.reduce((sum, seconds) => sum + seconds, 0),
  );
  const shares = new Map<string, number>();
  volume.pods.forEach((pod, index) => {
    const share = total > 0 ? podSeconds[index] / total : 0;
    shares.set(pod, (shares.get(pod) ?? 0) + share);
  });
  return shares;
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
      pod: network.pod,
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
  const { pod, node } = place;
  const key = { ...identity, pod, node };
  return rows.workload(key, place.capacityType, region).row;
}

function reportUnknownPod(
  namespace: string,
  pod: string,
  problems: ProblemLog,
): void {
  problems.add('warning', 'unknown-pod', namespace, count =>
    wordAllocation('unknownPod', { count, namespace, pod }),
  );
}
