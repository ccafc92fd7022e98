import { HOUR_RANGE, SLOT_RANGE, together, unrenamed } from './expressions';
import { Grid } from './Grid';
import { placed } from './places';
import { like, matching, Select } from './selectors';
import { countsOfStorage } from './storageSeries';

/** What kube-state-metrics 2 says of what a volume is on. */
const BACKING_LABELS = ['csi_driver', 'nfs_server', 'local_path', 'host_path'];

const CLAIM = 'namespace, persistentvolumeclaim';

/** From the end of an hour to the end of its first slot of five minutes. */
const FIRST_SLOT = '55m';

/**
 * Claims that are bound to a volume: seconds each was, and what it asked for in
 * the mean; the seconds it had each of its volumes; the seconds that fall to each
 * pod that mounts it (together they share an instant). Volumes: their capacity in
 * the mean, and the seconds in which they exist without a claim, which is paid as
 * well. Of both, whether they were there in the first and the last five minutes.
 */
export function volumesQuery(select: Select, grid: Grid): string {
  const metric = (name: string) => select(matching(name));
  const requests = metric(
    'kube_persistentvolumeclaim_resource_requests_storage_bytes',
  );
  const waiting = select(
    matching(
      'kube_persistentvolumeclaim_status_phase',
      like('phase', 'Pending|Lost'),
    ),
  );
  const asked = `${ofClaim(
    grid.last(requests),
  )} unless on (${CLAIM}) (${ofClaim(grid.last(waiting))} == 1)`;
  const mounted = `${ofClaim(
    grid.last(metric('kube_pod_spec_volumes_persistentvolumeclaims_info')),
    'pod',
  )} and on (namespace, pod) (${placed(select, grid, 'namespace, pod')})`;
  const unclaimed = select(
    matching(
      'kube_persistentvolume_status_phase',
      like('phase', 'Released|Available|Failed'),
    ),
  );
  const isUnclaimed = (last: string) => `${ofVolume(last)} == 1`;
  return together({
    seen: grid.seconds(asked),
    // A size that is NaN is none.
    asked: grid.over('avg', `(${asked}) >= 0`),
    held: grid.seconds(
      ofClaim(
        grid.last(metric('kube_persistentvolumeclaim_info')),
        'storageclass',
        'volumename',
      ),
    ),
    mount: grid.integral(
      `(${mounted}) / on (${CLAIM}) group_left count by (${CLAIM}) (${mounted})`,
    ),
    ends: atBothEnds(requests, ofClaim),
    'volume-capacity': grid.over(
      'avg',
      `${ofVolume(
        grid.last(metric('kube_persistentvolume_capacity_bytes')),
      )} >= 0`,
    ),
    'volume-class': ofVolume(
      `last_over_time(${metric('kube_persistentvolume_info')}[${HOUR_RANGE}])`,
      'storageclass',
      ...BACKING_LABELS,
    ),
    'volume-unclaimed': grid.seconds(isUnclaimed(grid.last(unclaimed))),
    'volume-ends': atBothEnds(unclaimed, isUnclaimed),
    ...countsOfStorage(select),
  });
}

/** What is there in the first five minutes of an hour and in the last. */
function atBothEnds(
  selector: string,
  of: (expression: string) => string,
): string {
  const last = (offset = '') =>
    `(${of(`last_over_time(${selector}[${SLOT_RANGE}]${offset})`)})`;
  return `${last()} and ${last(` offset ${FIRST_SLOT}`)}`;
}

function ofClaim(expression: string, ...more: string[]): string {
  return `max by (${[CLAIM, ...more].join(', ')}) (${unrenamed(
    expression,
    'namespace',
    'persistentvolumeclaim',
    ...more.filter(label => label === 'pod'),
  )})`;
}

function ofVolume(expression: string, ...more: string[]): string {
  return `max by (${['persistentvolume', ...more].join(', ')}) (${unrenamed(
    expression,
    'persistentvolume',
  )})`;
}
