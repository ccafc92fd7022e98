import { CheckFinding, HOUR_MS } from '@headroom/common';
import { readEnvelope } from '../answer/readEnvelope';
import { Span } from '../answer/span';
import { allocationItemSchema } from '../answer/schema';
import { kindOf } from '../mapping/reserved';
import { namesText } from '../checks/text';

/** Whether an answer by cluster is by the hour, has idle, and is of the right cluster. */
export function checkCoarse(
  answer: unknown,
  span: Span,
  hours: number,
  cluster: string,
  what: string,
): CheckFinding[] {
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
        sentence: `It has nothing of the last ${hours} hours.`,
        effect: 'There are no costs of this cluster.',
        mend: {
          where:
            'Values of OpenCost: the Prometheus it reads, which must scrape kube-state-metrics, cAdvisor and OpenCost itself',
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
          sentence: `It answers ${hours} hours as one: it ignores the parameter step.`,
          effect: 'Its costs can’t be booked by the hour, so none are.',
          mend: {
            where: 'The image of OpenCost, 1.100 or newer',
            line: 'ghcr.io/opencost/opencost:1.117.3',
          },
        }
      : { id: 'steps', severity: 'right', sentence: 'It answers by the hour.' },
    checkIdle(items.some(item => kindOf(item) === 'idle')),
    ...checkNames(
      items.flatMap(({ properties }) => properties?.cluster ?? []),
      cluster,
    ),
  ];
}

function checkIdle(hasIdle: boolean): CheckFinding {
  return hasIdle
    ? {
        id: 'idle',
        severity: 'right',
        sentence: 'It gives idle an amount of its own.',
      }
    : {
        id: 'idle',
        severity: 'missing',
        sentence: 'It gives no idle, though it is asked for.',
        effect:
          'What is paid and asked for by nobody is in no figure, unless the cluster has none.',
        mend: {
          where:
            'Environment of OpenCost, where idle needs a cluster to belong to',
          line: 'CLUSTER_ID=…',
        },
      };
}

function checkNames(named: string[], cluster: string): CheckFinding[] {
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
          sentence: `It answers for ${names.length} clusters; that called ${cluster} counts.`,
        },
      ]
    : [
        {
          id,
          severity: 'wrong',
          sentence: `It answers for ${
            names.length
          } clusters and none of them is called ${cluster}: ${namesText(
            names,
          )}.`,
          effect: 'None of its costs are booked.',
          mend: {
            where: 'headroom.clusters, at the cluster',
            line: `name: ${names[0]}`,
          },
        },
      ];
}
