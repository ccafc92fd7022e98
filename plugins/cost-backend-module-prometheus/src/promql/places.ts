import { LabelMatcher } from '@headroom/plugin-clusters-node';
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
    `(${boundPods(select, grid)})`,
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

/**
 * `kube_pod_info` of pods that say their node. A pod that waits for one says
 * none, and Prometheus leaves the target's own label in its place where the
 * target has one: such a target renames the node of every pod that is bound.
 */
function boundPods(select: Select, grid: Grid): string {
  const info = (...matchers: LabelMatcher[]) =>
    grid.last(select(matching('kube_pod_info', ...matchers)));
  const renamed = info(not('exported_node', ''));
  const plain = info(
    { label: 'exported_node', operator: '=', value: '' },
    not('node', ''),
  );
  return `${renamed} or ${plain} unless on (job, instance, node) ${renamed}`;
}
