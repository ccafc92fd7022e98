import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { CheckFinding } from '@headroom/common';
import { countText, listText } from '../reading/text';
import { Parts, valueOf } from './parts';

/** A job and one of the paths it scrapes. */
export interface Target {
  job: string;
  /** Empty where the job's series don't say. */
  path: string;
  targets: number;
  answering: number;
}

export function readTargets(series: PrometheusSeries[]): Target[] {
  const parts = Parts.read(series);
  const answering = new Map(
    parts.of('answering').map(each => [keyOf(each), valueOf(each)] as const),
  );
  return parts.of('targets').map(each => ({
    job: each.labels.job ?? '',
    path: each.labels.metrics_path ?? '',
    targets: valueOf(each),
    answering: answering.get(keyOf(each)) ?? 0,
  }));
}

/** Targets of jobs that are read from, and don't answer. */
export function checkTargets(
  targets: Target[],
  jobs: Set<string>,
): CheckFinding[] {
  if (targets.length === 0) {
    return [
      {
        id: 'targets',
        severity: 'note',
        sentence: 'There is no series up, so failed scrapes are not seen here.',
        effect:
          'Nothing: how far scrapes are apart is told from the series themselves.',
      },
    ];
  }
  const ours = targets.filter(({ job }) => jobs.has(job));
  const down = ours.filter(each => each.answering < each.targets);
  const total = ours.reduce((sum, each) => sum + each.targets, 0);
  if (down.length === 0) {
    return total === 0
      ? []
      : [
          {
            id: 'targets',
            severity: 'right',
            sentence: `All ${countText(
              total,
              'target',
            )} that are read from answer their scrapes.`,
          },
        ];
  }
  return [
    {
      id: 'targets',
      severity: 'missing',
      sentence: `Some targets don't answer their scrapes: ${listText(
        down.map(
          ({ job, path, ...each }) =>
            `${each.targets - each.answering} of ${each.targets} of job ${job}${
              path && ` at ${path}`
            }`,
        ),
      )}.`,
      effect:
        'Usage on a node whose cAdvisor is not scraped is not known, and its requests are charged; what a kube-state-metrics alone knows is not there at all.',
      mend: {
        where: 'Prometheus, which says why at Status, Targets',
        line: 'up == 0',
      },
    },
  ];
}

function keyOf({ labels }: PrometheusSeries): string {
  return JSON.stringify([labels.job, labels.metrics_path]);
}
