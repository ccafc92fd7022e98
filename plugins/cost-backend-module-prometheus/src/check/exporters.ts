import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { CheckFinding } from '@headroom/common';
import { CLUSTER_LABELS } from '../promql/clusterLabels';
import { countText, listText } from '../reading/text';
import { Parts, valueOf } from './parts';
import { REPLICA_LABELS } from './questions';

/** Who says what nodes there are, as one series each. */
export function exporterJobs(series: PrometheusSeries[]): string[] {
  return distinct(Parts.read(series).of('exporters'), 'job');
}

/** Several clusters in one, and several exporters of one cluster. */
export function checkExporters(
  series: PrometheusSeries[],
  where: string,
): CheckFinding[] {
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
          sentence: `What is read is of one cluster with ${countText(
            nodes,
            'node',
          )}, reported by one kube-state-metrics.`,
        },
      ];
}

function checkClusters(
  exporters: PrometheusSeries[],
  created: PrometheusSeries[],
  where: string,
): CheckFinding[] {
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
  return [
    {
      id: 'several-clusters',
      severity: 'wrong',
      sentence: `What is read is of ${Math.max(
        named.length,
        made,
      )} clusters together${
        label ? `, by the label ${label}: ${listText(named)}` : ''
      }.`,
      effect:
        'Money of several clusters is shown as that of one, and nodes or pods of the same name count once.',
      mend: {
        where: `${where}, with the value of this cluster`,
        line: `matchers: { ${label ?? 'cluster'}: '${first}' }`,
      },
    },
  ];
}

function checkReplicas(
  exporters: PrometheusSeries[],
  nodes: number,
): CheckFinding[] {
  if (exporters.length < 2) {
    return [];
  }
  const said = exporters.reduce((sum, each) => sum + valueOf(each), 0);
  const jobs = distinct(exporters, 'job');
  const copies = REPLICA_LABELS.find(
    name => distinct(exporters, name).length > 1,
  );
  if (said <= nodes) {
    return [
      {
        id: 'exporters',
        severity: 'right',
        sentence: `${countText(nodes, 'node')} are reported by ${countText(
          exporters.length,
          'shard',
        )} of kube-state-metrics.`,
      },
    ];
  }
  const what = copies
    ? `each copy of a Prometheus, told by the label ${copies}, answers: ${listText(
        distinct(exporters, copies),
      )}`
    : `there are ${exporters.length} kube-state-metrics${
        jobs.length > 1 ? `, of jobs ${listText(jobs)}` : ''
      }, or the series of one that was replaced are still there`;
  return [
    {
      id: 'exporters',
      severity: 'note',
      sentence: `Nodes are reported ${(said / nodes).toFixed(
        1,
      )} times each: ${what}.`,
      effect:
        'Nothing counts twice: what any of them says is united. Answers are larger for it.',
      ...(copies && {
        mend: {
          where: 'Arguments of Thanos Query, where it is one',
          line: `--query.replica-label=${copies}`,
        },
      }),
    },
  ];
}

function distinct(series: PrometheusSeries[], label: string): string[] {
  return [...new Set(series.map(({ labels }) => labels[label] ?? ''))]
    .filter(Boolean)
    .sort();
}
