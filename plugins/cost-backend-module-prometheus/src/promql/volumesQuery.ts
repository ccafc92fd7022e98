import { HOUR_RANGE, SLOT_RANGE, together, unrenamed } from './expressions';
import { Grid } from './Grid';
import { placed } from './places';
import { like, matching, Select } from './selectors';

const CLAIM = 'namespace, persistentvolumeclaim';
const OF_VOLUME = `${CLAIM}, storageclass, volumename`;

/** From the end of an hour to the end of its first slot of five minutes. */
const FIRST_SLOT = '55m';

/**
 * Claims that are bound to a volume: seconds each was, and of each of its
 * volumes the seconds and byte-seconds it had it; whether it was there in the
 * first and the last five minutes; and the byte-seconds that fall to each pod
 * that mounts it (together they share an instant). A claim has what its volume
 * has, which may be more than it asked for. Volumes without a claim, which are
 * paid as well: the same by class.
 */
export function volumesQuery(select: Select, grid: Grid): string {
  const asked = askedByBoundClaims(select, grid);
  const size = sizeOfClaims(select, grid, asked);
  const mounted = `${ofClaim(
    grid.last(
      select(matching('kube_pod_spec_volumes_persistentvolumeclaims_info')),
    ),
    `${CLAIM}, pod`,
    'pod',
  )} and on (namespace, pod) (${placed(select, grid, 'namespace, pod')})`;
  const requests = select(
    matching('kube_persistentvolumeclaim_resource_requests_storage_bytes'),
  );
  const unclaimed = sizeOfUnclaimed(select, grid);
  return together({
    seen: grid.seconds(asked),
    held: grid.seconds(size),
    bytes: grid.integral(size),
    ends: atBothEnds(range => ofClaim(`last_over_time(${requests}${range})`)),
    mount: grid.integral(
      `(${mounted}) / on (${CLAIM}) group_left () count by (${CLAIM}) (${mounted}) * on (${CLAIM}) group_left () max by (${CLAIM}) (${size})`,
    ),
    'volume-class': `max by (persistentvolume, storageclass) (${unrenamed(
      `last_over_time(${select(
        matching('kube_persistentvolume_info'),
      )}[${HOUR_RANGE}])`,
      'persistentvolume',
    )})`,
    'volume-held': grid.seconds(unclaimed),
    'volume-bytes': grid.integral(unclaimed),
    'volume-ends': atBothEnds(range =>
      withoutClaim(select, selector => `last_over_time(${selector}${range})`),
    ),
  });
}

/** What is there in the first five minutes of an hour and in the last. */
function atBothEnds(during: (range: string) => string): string {
  return `(${during(`[${SLOT_RANGE}]`)}) and (${during(
    `[${SLOT_RANGE}] offset ${FIRST_SLOT}`,
  )})`;
}

function ofClaim(expression: string, by = CLAIM, ...labels: string[]): string {
  return `max by (${by}) (${unrenamed(
    expression,
    'namespace',
    'persistentvolumeclaim',
    ...labels,
  )})`;
}

/** Bytes that claims ask for which don't wait for a volume. */
function askedByBoundClaims(select: Select, grid: Grid): string {
  const requests = matching(
    'kube_persistentvolumeclaim_resource_requests_storage_bytes',
  );
  const phases = matching(
    'kube_persistentvolumeclaim_status_phase',
    like('phase', 'Pending|Lost'),
  );
  return `${ofClaim(
    grid.last(select(requests)),
  )} unless on (${CLAIM}) (${ofClaim(grid.last(select(phases)))} == 1)`;
}

/** Bytes of the volume each claim has at an instant, else what it asks for. */
function sizeOfClaims(select: Select, grid: Grid, asked: string): string {
  const bound = ofClaim(
    grid.last(select(matching('kube_persistentvolumeclaim_info'))),
    OF_VOLUME,
  );
  const ofVolume = `max by (${OF_VOLUME}) (label_replace(${bound}, "persistentvolume", "$1", "volumename", "(.+)") * on (persistentvolume) group_left () (${capacity(
    select,
  )}))`;
  const ofRequest = `${bound} * on (${CLAIM}) group_left () (${asked})`;
  return `(${ofVolume} or ${ofRequest} or on (${CLAIM}) (${asked})) and on (${CLAIM}) (${asked})`;
}

/** Bytes of volumes. Another shard may tell them, at another pace: the last five minutes count. */
function capacity(select: Select): string {
  const bytes = select(matching('kube_persistentvolume_capacity_bytes'));
  return `max by (persistentvolume) (${unrenamed(
    `last_over_time(${bytes}[${SLOT_RANGE}])`,
    'persistentvolume',
  )}) > 0`;
}

function withoutClaim(
  select: Select,
  last: (selector: string) => string,
): string {
  const phases = matching(
    'kube_persistentvolume_status_phase',
    like('phase', 'Released|Available|Failed'),
  );
  return `max by (persistentvolume) (${unrenamed(
    last(select(phases)),
    'persistentvolume',
  )}) == 1`;
}

/** Bytes of volumes that no claim has at an instant. */
function sizeOfUnclaimed(select: Select, grid: Grid): string {
  const info = `max by (persistentvolume, storageclass) (${unrenamed(
    grid.last(select(matching('kube_persistentvolume_info'))),
    'persistentvolume',
  )})`;
  const bytes = capacity(select);
  return `(${info} * on (persistentvolume) group_left () (${bytes}) or on (persistentvolume) (${bytes})) and on (persistentvolume) (${withoutClaim(
    select,
    selector => grid.last(selector),
  )})`;
}
