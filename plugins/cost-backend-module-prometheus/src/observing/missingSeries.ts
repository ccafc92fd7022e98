import {
  ContainerHour,
  VolumeHour,
  wordPrometheus,
} from '@headroom/plugin-cost-common';
import { keyOf } from '../reading/labels';
import { Problems } from '../reading/Problems';
import { MissingCode } from '../series/codes';
import { Findings } from './findings';
import { Place } from './places';
import { reportMissing } from './reports';
import { reportCpuByCpu } from './usage/reportUnread';

/** An hour as it was put together. */
interface AssembledHour {
  index: number;
  /** ISO 8601 start. */
  at: string;
  places: Place[];
  containers: ContainerHour[];
  volumes: VolumeHour[];
}

/** Kinds that something else stands behind, as a rule. */
const OWNER_CODES: Record<string, MissingCode> = {
  ReplicaSet: 'no-replicaset-owners',
  ReplicationController: 'no-replicationcontroller-owners',
  Job: 'no-job-owners',
};

/** Says which series are missing in an hour that its money depends on. */
export function reportMissingSeries(
  problems: Problems,
  found: Findings,
  hour: AssembledHour,
): void {
  const codes = [
    ...missingOfPods(found, hour),
    ...missingOfUsage(found, hour),
    ...found.storage.missing(hour.index, {
      isMounted: isMounted(hour),
      hasUnclaimed: hour.volumes.some(({ namespace }) => namespace === ''),
    }),
  ];
  for (const code of codes) {
    if (code === 'no-cpu-usage' && found.unread.byCpu.has(hour.index)) {
      reportCpuByCpu(problems, hour.at);
    } else {
      reportMissing(problems, hour.at, code);
    }
  }
  if (
    !codes.includes('no-mounts') &&
    found.storage.mayBeUnmounted(hour.index)
  ) {
    reportMissing(problems, hour.at, 'no-mounts', {
      excuse: wordPrometheus('nobodyMounts'),
    });
  }
  reportOwners(problems, found, hour);
}

function missingOfPods(
  { requests, pods, owners }: Findings,
  { index, places }: AssembledHour,
): MissingCode[] {
  const listed = places.filter(({ listed: { size } }) => size > 0);
  const isOwnerless =
    listed.length > 0 &&
    !owners.tellsOfPods &&
    listed.every(({ pod }) => !pod.createdBy);
  return [
    ...(requests.reported(index) ? [] : ['no-requests' as const]),
    ...(requests.initKnown(index) ? [] : ['no-init-status' as const]),
    ...(requests.plainKnown(index) ? [] : ['no-init-ready' as const]),
    ...(pods.phasesReported[index] ? [] : ['no-phases' as const]),
    ...(isOwnerless ? ['no-pod-owners' as const] : []),
  ];
}

/** Where one of both is measured; that neither is, is said of cAdvisor. */
function missingOfUsage(
  { measured: { cpu, memory } }: Findings,
  { index }: AssembledHour,
): MissingCode[] {
  if (cpu.has(index) === memory.has(index)) {
    return [];
  }
  return [cpu.has(index) ? 'no-memory-usage' : 'no-cpu-usage'];
}

/** A claim of a StatefulSet ends in the name of the pod that mounts it. */
function isMounted({ places, volumes }: AssembledHour): boolean {
  const pods = new Set(places.map(({ pod }) => keyOf(pod.namespace, pod.pod)));
  return volumes.some(({ namespace, claim }) => {
    const words = claim.split('-');
    return words.some(
      (_, at) =>
        at > 0 && pods.has(keyOf(namespace, words.slice(at).join('-'))),
    );
  });
}

function reportOwners(
  problems: Problems,
  { owners }: Findings,
  { at, containers }: AssembledHour,
): void {
  for (const { namespace, workloadKind: kind, workload } of containers) {
    const code = OWNER_CODES[kind];
    if (code && !owners.tellsOf(kind, namespace, workload)) {
      reportMissing(problems, at, code, {
        subject: `${kind} ${namespace}/${workload}`,
      });
    }
  }
}
