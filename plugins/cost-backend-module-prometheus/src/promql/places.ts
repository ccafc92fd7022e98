import { unrenamed } from './expressions';
import { Grid } from './Grid';
import { like, matching, not, Select } from './selectors';

/**
 * Pods that hold a place on a node at an instant: bound, and neither succeeded
 * nor failed. Where phases aren't reported, being bound is all that is known.
 *
 * @param by - labels to keep
 */
export function placed(select: Select, grid: Grid, by: string): string {
  const bound = unrenamed(
    grid.last(select(matching('kube_pod_info', not('node', '')))),
    'namespace',
    'pod',
    'node',
  );
  const ended = unrenamed(
    grid.last(
      select(
        matching('kube_pod_status_phase', like('phase', 'Succeeded|Failed')),
      ),
    ),
    'namespace',
    'pod',
  );
  return `max by (${by}) (${bound}) unless on (namespace, pod) (max by (namespace, pod) (${ended}) == 1)`;
}
