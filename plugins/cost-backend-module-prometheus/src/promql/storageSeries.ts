import { HOUR_RANGE } from './expressions';
import { matching, not, Select } from './selectors';

/** Series of storage, by the parts of a query that count them in an hour. */
const COUNTED = {
  'counts-claims': 'kube_persistentvolumeclaim_resource_requests_storage_bytes',
  'counts-claim-phases': 'kube_persistentvolumeclaim_status_phase',
  'counts-claim-volumes': 'kube_persistentvolumeclaim_info',
  'counts-mounts': 'kube_pod_spec_volumes_persistentvolumeclaims_info',
  // Said of each mount as well, so it tells that some are there.
  'counts-mounts-readonly':
    'kube_pod_spec_volumes_persistentvolumeclaims_readonly',
  'counts-volume-sizes': 'kube_persistentvolume_capacity_bytes',
  'counts-volume-phases': 'kube_persistentvolume_status_phase',
  'counts-volume-classes': 'kube_persistentvolume_info',
};

/** A part of {@link countsOfStorage}. */
export type StorageCount = keyof typeof COUNTED | 'counts-bound';

/** How many series of storage there are in an hour, and how many claims have a volume. */
export function countsOfStorage(select: Select): Record<StorageCount, string> {
  const count = (selector: string) =>
    `count(last_over_time(${selector}[${HOUR_RANGE}]))`;
  const counts = Object.fromEntries(
    Object.entries(COUNTED).map(([part, metric]) => [
      part,
      count(select(matching(metric))),
    ]),
  ) as Record<keyof typeof COUNTED, string>;
  const bound = matching(
    'kube_persistentvolumeclaim_info',
    not('volumename', ''),
  );
  return { ...counts, 'counts-bound': count(select(bound)) };
}
