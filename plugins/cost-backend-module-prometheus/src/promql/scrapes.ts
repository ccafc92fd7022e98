import { anyOf } from '@headroom/plugin-clusters-node';
import { SLOT_RANGE, together, unrenamed } from './expressions';
import { Grid } from './Grid';
import { like, matching, Select } from './selectors';

/** Seconds between instants at which the last scrape is looked for. */
export const SCRAPE_STEP = 10;
/** Seconds between instants at which it is looked whether it told of pods as well. */
export const LOOK_STEP = 300;
/** Seconds between instants at which objects are counted. */
export const COUNT_STEP = 30;

/**
 * Labels that kube-state-metrics gives nodes and pods. What is left beside them is
 * the target's, whatever tells targets and replicas of Prometheus apart.
 */
const OWN_LABELS = {
  node: [
    'node',
    'kernel_version',
    'os_image',
    'container_runtime_version',
    'kubelet_version',
    'kubeproxy_version',
    'deprecated_kubeproxy_version',
    'provider_id',
    'pod_cidr',
    'system_uuid',
    'internal_ip',
  ],
  pod: [
    'namespace',
    'pod',
    'uid',
    'node',
    'host_ip',
    'pod_ip',
    'created_by_kind',
    'created_by_name',
    'priority_class',
    'host_network',
  ],
};

type Kind = keyof typeof OWN_LABELS;

function without(kind: Kind): string {
  const labels = OWN_LABELS[kind];
  return `without (${[
    ...labels,
    ...labels.map(label => `exported_${label}`),
  ].join(', ')})`;
}

/**
 * When each target last told of nodes or of pods, seconds since 1970. Whichever
 * objects come and go, one of them tells.
 */
export function scrapesQuery(select: Select, kind: Kind): string {
  return lastScrape(kind, select(matching(`kube_${kind}_info`)));
}

/** Of each target a pod that it told of in all its scrapes of the last five minutes. */
export function witnessesQuery(select: Select): string {
  const info = select(matching('kube_pod_info'));
  return `topk ${without('pod')} (1, count_over_time(${info}[${SLOT_RANGE}]))`;
}

/**
 * When each target last told of these pods, by their names as Prometheus stored
 * them: plain, or renamed.
 */
export function witnessedScrapesQuery(
  select: Select,
  names: Record<'pod' | 'exported_pod', string[]>,
): string {
  const infos = (['pod', 'exported_pod'] as const)
    .filter(label => names[label].length > 0)
    .map(label =>
      select(matching('kube_pod_info', like(label, anyOf(names[label])))),
    );
  return infos.map(info => lastScrape('pod', info)).join(' or ');
}

function lastScrape(kind: Kind, info: string): string {
  return `max ${without(kind)} (timestamp(${info}))`;
}

const IDENTITY = { node: ['node'], pod: ['namespace', 'pod'] };

/**
 * How many nodes and pods each target tells, how many of them nobody else tells,
 * and how many all tell together.
 */
export function objectCountsQuery(select: Select, grid: Grid): string {
  const counts = (kind: Kind) => {
    const names = IDENTITY[kind];
    const by = names.join(', ');
    const info = unrenamed(
      grid.last(select(matching(`kube_${kind}_info`))),
      ...names,
    );
    const speakers = `count by (${by}) (${info})`;
    return {
      [`${kind}-told`]: `count ${without(kind)} (${info})`,
      [`${kind}-alone`]: `count ${without(
        kind,
      )} (${info} and on (${by}) (${speakers} == 1))`,
      [`${kind}-all`]: `count(${speakers})`,
    };
  };
  return together({ ...counts('node'), ...counts('pod') });
}
