import { HOUR_MS, Worded, WordedFinding } from '@headroom/common';
import { wordOpenCostCheck as word } from '@headroom/plugin-cost-common';
import { readEnvelope } from '../answer/readEnvelope';
import { Span } from '../answer/span';
import { allocationItemSchema } from '../answer/schema';
import { kindOf } from '../mapping/reserved';
import { namesOf } from '../reconcile/text';

/** Whether an answer by cluster is by the hour, has idle, and is of the right cluster. */
export function checkCoarse(
  answer: unknown,
  span: Span,
  hours: number,
  cluster: string,
  what: string | Worded,
): WordedFinding[] {
  const items = readEnvelope(answer, what).flatMap(step =>
    Object.entries(step ?? {}).flatMap(([name, item]) => {
      const parsed = allocationItemSchema.safeParse(item);
      return parsed.success
        ? [{ ...parsed.data, name: parsed.data.name ?? name }]
        : [];
    }),
  );
  if (items.length === 0) {
    return [
      {
        id: 'nothing',
        severity: 'wrong',
        sentence: word('nothing', { hours }),
        effect: word('nothingEffect'),
        mend: {
          where: word('nothingWhere'),
          line: 'opencost: { prometheus: { external: { enabled: true, url: … } } }',
        },
      },
    ];
  }
  const long = items.some(({ window }) => {
    const { start = span.start, end = span.start + HOUR_MS } = window ?? {};
    return end - start > HOUR_MS;
  });
  return [
    long
      ? {
          id: 'steps',
          severity: 'wrong',
          sentence: word('notByHour', { hours }),
          effect: word('notByHourEffect'),
          mend: {
            where: word('newImage'),
            line: 'ghcr.io/opencost/opencost:1.117.3',
          },
        }
      : { id: 'steps', severity: 'right', sentence: word('byHour') },
    checkIdle(items.some(item => kindOf(item) === 'idle')),
    ...checkNames(
      items.flatMap(({ properties }) => properties?.cluster ?? []),
      cluster,
    ),
  ];
}

function checkIdle(hasIdle: boolean): WordedFinding {
  return hasIdle
    ? {
        id: 'idle',
        severity: 'right',
        sentence: word('idle'),
      }
    : {
        id: 'idle',
        severity: 'missing',
        sentence: word('idleAbsent'),
        effect: word('idleAbsentEffect'),
        mend: {
          where: word('idleAbsentWhere'),
          line: 'CLUSTER_ID=…',
        },
      };
}

function checkNames(named: string[], cluster: string): WordedFinding[] {
  const names = [...new Set(named)].sort();
  if (names.length < 2) {
    return [];
  }
  const id = 'clusters';
  return names.includes(cluster)
    ? [
        {
          id,
          severity: 'right',
          sentence: word('clustersCounted', {
            clusters: names.length,
            cluster,
          }),
        },
      ]
    : [
        {
          id,
          severity: 'wrong',
          sentence: word('clustersUnknown', {
            clusters: names.length,
            cluster,
            names: namesOf(names),
          }),
          effect: word('noneBooked'),
          mend: {
            where: word('atCluster'),
            line: `name: ${names[0]}`,
          },
        },
      ];
}
