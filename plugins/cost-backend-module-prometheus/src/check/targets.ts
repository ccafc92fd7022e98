import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { Worded, WordedFinding, wordAll } from '@headroom/common';
import { wordPrometheusCheck as word } from '@headroom/plugin-cost-common';
import { counted } from './counted';
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
): WordedFinding[] {
  if (targets.length === 0) {
    return [
      {
        id: 'targets',
        severity: 'note',
        sentence: word('targetsUnknown'),
        effect: word('targetsUnknownEffect'),
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
            sentence: word('targetsAnswer', {
              targets: counted('targets', total),
            }),
          },
        ];
  }
  return [
    {
      id: 'targets',
      severity: 'missing',
      sentence: word('targetsDown', { targets: wordAll(down.map(wordDown)) }),
      effect: word('targetsDownEffect'),
      mend: {
        where: word('targetsDownWhere'),
        line: 'up == 0',
      },
    },
  ];
}

function wordDown({ job, path, targets, answering }: Target): Worded {
  const what = { down: targets - answering, all: targets, job };
  return path
    ? word('targetsOfPath', { ...what, path })
    : word('targetsOfJob', what);
}

function keyOf({ labels }: PrometheusSeries): string {
  return JSON.stringify([labels.job, labels.metrics_path]);
}
