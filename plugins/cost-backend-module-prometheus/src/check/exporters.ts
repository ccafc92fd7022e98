import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { Worded, WordedFinding, wordAll } from '@headroom/common';
import { wordPrometheusCheck as word } from '@headroom/plugin-cost-common';
import { CLUSTER_LABELS } from '../promql/clusterLabels';
import { counted } from './counted';
import { Parts, valueOf } from './parts';
import { REPLICA_LABELS } from './questions';

/** Who says what nodes there are, as one series each. */
export function exporterJobs(series: PrometheusSeries[]): string[] {
  return distinct(Parts.read(series).of('exporters'), 'job');
}

/** Several clusters in one, and several exporters of one cluster. */
export function checkExporters(
  series: PrometheusSeries[],
  where: string | Worded,
): WordedFinding[] {
  const parts = Parts.read(series);
  const exporters = parts.of('exporters');
  if (exporters.length === 0) {
    return [];
  }
  const nodes = parts.number('nodes');
  const findings = [
    ...checkClusters(exporters, parts.of('created'), where),
    ...checkReplicas(exporters, nodes),
  ];
  return findings.length > 0
    ? findings
    : [
        {
          id: 'one-cluster',
          severity: 'right',
          sentence: word('oneCluster', { nodes: counted('nodes', nodes) }),
        },
      ];
}

function checkClusters(
  exporters: PrometheusSeries[],
  created: PrometheusSeries[],
  where: string | Worded,
): WordedFinding[] {
  const label = CLUSTER_LABELS.find(
    name => distinct(exporters, name).length > 1,
  );
  const named = label ? distinct(exporters, label) : [];
  // A namespace that every cluster has, and that was made once in each.
  const made = distinct(created, 'created').length;
  if (named.length < 2 && made < 2) {
    return [];
  }
  const [first = '…'] = named;
  const clusters = Math.max(named.length, made);
  return [
    {
      id: 'several-clusters',
      severity: 'wrong',
      sentence: label
        ? word('severalClustersBy', { clusters, label, values: wordAll(named) })
        : word('severalClusters', { clusters }),
      effect: word('severalClustersEffect'),
      mend: {
        where: word('severalClustersWhere', { where }),
        line: `matchers: { ${label ?? 'cluster'}: '${first}' }`,
      },
    },
  ];
}

function checkReplicas(
  exporters: PrometheusSeries[],
  nodes: number,
): WordedFinding[] {
  if (exporters.length < 2) {
    return [];
  }
  const said = exporters.reduce((sum, each) => sum + valueOf(each), 0);
  const copies = REPLICA_LABELS.find(
    name => distinct(exporters, name).length > 1,
  );
  if (said <= nodes) {
    return [
      {
        id: 'exporters',
        severity: 'right',
        sentence: word('sharded', {
          nodes: counted('nodes', nodes),
          shards: counted('shards', exporters.length),
        }),
      },
    ];
  }
  return [
    {
      id: 'exporters',
      severity: 'note',
      sentence: wordCopies(exporters, copies, (said / nodes).toFixed(1)),
      effect: word('reportedTwiceEffect'),
      ...(copies && {
        mend: {
          where: word('reportedTwiceWhere'),
          line: `--query.replica-label=${copies}`,
        },
      }),
    },
  ];
}

function wordCopies(
  exporters: PrometheusSeries[],
  label: string | undefined,
  times: string,
): Worded {
  if (label) {
    const copies = wordAll(distinct(exporters, label));
    return word('reportedByCopies', { times, label, copies });
  }
  const jobs = distinct(exporters, 'job');
  const said = { times, exporters: exporters.length };
  return jobs.length > 1
    ? word('reportedByJobs', { ...said, jobs: wordAll(jobs) })
    : word('reportedBySeveral', said);
}

function distinct(series: PrometheusSeries[], label: string): string[] {
  return [...new Set(series.map(({ labels }) => labels[label] ?? ''))]
    .filter(Boolean)
    .sort();
}
