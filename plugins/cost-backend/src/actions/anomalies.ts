import { AnomalyEnd, AnomalyRow } from '@headroom/plugin-cost-common';
import { AnomalyReports } from '../features/anomalies/AnomalyReports';
import { askedOf, coerced, entityInput, limitInput } from './inputs';
import {
  moneyIfKnown,
  moneyIn,
  moneyOutput,
  notesOf,
  notesOutput,
  subjectOf,
} from './outputs';
import { READS, RegisterAction } from './RegisterAction';

/** What cost too much lately. */
export function anomalies(options: {
  reports: AnomalyReports;
}): RegisterAction {
  return registry =>
    registry.register({
      name: 'anomalies',
      title: 'Cost anomalies of a service, a team or everything',
      description:
        'What cost too much on complete days of the last 90 days: odd days, or weeks that each cost more than the one before; how much beyond what the same weekdays cost before, since when, by which workload or service, by using more or by a higher price, and whether somebody expects it. Incidents that are still open come first.',
      attributes: READS,
      schema: {
        input: zod =>
          zod
            .object({
              entityRef: entityInput(zod, 'anomalies'),
              openOnly: coerced(zod, zod.boolean().default(false)).describe(
                'Leave out what is over; false unless said.',
              ),
              limit: limitInput(zod, 10, 50),
            })
            .strict(),
        output: zod => {
          const money = moneyOutput(zod);
          return zod.object({
            of: zod.string(),
            incidents: zod.array(
              zod.object({
                id: zod.number(),
                entityRef: zod.string(),
                shape: zod.enum(['jump', 'rise']),
                firstDay: zod.string(),
                lastDay: zod.string(),
                cost: money,
                expected: money.optional(),
                beyond: money,
                percent: zod.number().optional(),
                isOpen: zod.boolean(),
                ended: zod.string().optional(),
                expectedBy: zod
                  .object({
                    who: zod.string(),
                    reason: zod.string(),
                    until: zod.string(),
                  })
                  .optional(),
                causes: zod.array(
                  zod.object({
                    what: zod.string(),
                    more: money,
                    byUsage: money.optional(),
                    byPrice: money.optional(),
                  }),
                ),
                sentence: zod.string(),
              }),
            ),
            incidentsLeftOut: zod.number(),
            notes: notesOutput(zod),
          });
        },
      },
      action: async ({ input, credentials }) => {
        const asked = askedOf(input.entityRef);
        const report = await options.reports.report(asked, credentials);
        const rows = report.anomalies.filter(
          ({ closedAt }) => !input.openOnly || closedAt === undefined,
        );
        const money = moneyIn(report.currency);
        const { rule } = report;
        return {
          output: {
            of: subjectOf(asked),
            incidents: rows
              .slice(0, input.limit)
              .map(row => answerOf(row, report.currency)),
            incidentsLeftOut: Math.max(0, rows.length - input.limit),
            notes: notesOf([
              `A day is told of when it is complete, odd, ${
                rule.percent
              } % beyond what is expected and at least ${
                money(rule.floor).amount
              } ${report.currency} beyond it.`,
              rows.some(({ expected }) => expected === undefined) &&
                'Of what is too new, what it should cost is not known.',
            ]),
          },
        };
      },
    });
}

const ENDS: Record<AnomalyEnd, string> = {
  over: 'Nothing is odd any more.',
  level: 'It rose for weeks and stays, so it is usual by now.',
  overtaken: 'Other days are odd or expected since.',
  restated: 'Its days were restated and are not odd any more.',
  expected: 'Somebody said that it is expected.',
};

function answerOf(row: AnomalyRow, currency: string) {
  const money = moneyIn(currency);
  const ifKnown = moneyIfKnown(currency);
  const { expectation, end } = row;
  return {
    id: row.id,
    entityRef: row.entityRef,
    shape: row.shape,
    firstDay: row.firstDay,
    lastDay: row.lastDay,
    cost: money(row.actual),
    expected: ifKnown(row.expected),
    beyond: money(row.excess),
    ...(row.percent !== undefined && { percent: row.percent }),
    isOpen: row.closedAt === undefined,
    ...(end !== undefined && { ended: ENDS[end] }),
    ...(expectation && {
      expectedBy: {
        who: expectation.by,
        reason: expectation.reason,
        until: expectation.until,
      },
    }),
    causes: row.causes.map(({ workload, entityRef, change, usage, price }) => ({
      what: workload
        ? `${workload.kind} ${workload.name} in ${workload.namespace} on ${workload.cluster}`
        : entityRef ?? 'It is not known what.',
      more: money(change),
      byUsage: ifKnown(usage),
      byPrice: ifKnown(price),
    })),
    sentence: row.sentence,
  };
}
