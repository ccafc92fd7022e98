import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  BreakdownRow,
  FleetCostReport,
  FleetDimension,
  ServiceCostReport,
  TeamCostReport,
} from '@headroom/plugin-cost-common';
import { sumMicros } from '@headroom/common';
import { CostConfig } from '../core/config/CostConfig';
import { Asked } from '../core/CostScopes';
import { Currencies } from '../core/Currencies';
import {
  parseReportRequest,
  ReportRequest,
} from '../core/report/ReportRequest';
import { CostReports } from '../features/cost/CostReports';
import { askedOf, currencyInput, entityInput, limitInput } from './inputs';
import {
  moneyIfKnown,
  moneyIn,
  moneyOutput,
  notesOf,
  notesOutput,
  percentOf,
  RESTRICTED,
  SIMULATED,
  subjectOf,
} from './outputs';
import { READS, RegisterAction } from './RegisterAction';

type Report = ServiceCostReport | TeamCostReport | FleetCostReport;

const FLEET_GROUPS = [
  'team',
  'service',
  'cluster',
  'region',
  'namespace',
] as const;
const SERVICE_GROUPS = [
  'workload',
  'container',
  'cluster',
  'region',
  'capacity',
] as const;

const STATUSES: Record<Exclude<Report['status'], 'ok'>, string> = {
  'no-workloads':
    'What it costs is not known: no workload is linked to it. A label or an annotation links one.',
  'no-services': 'The team owns no services, so that nothing is its cost.',
  'no-clusters': 'What it costs is not known: no clusters are configured.',
  'no-data':
    'What it costs in this window is not known: nothing ran, or nothing of it has been read yet.',
};

/** What a service, a team or everything costs. */
export function costOf(options: {
  reports: CostReports;
  config: CostConfig;
  currencies: Currencies;
  now: () => Date;
}): RegisterAction {
  const { reports, config, currencies, now } = options;
  return registry =>
    registry.register({
      name: 'cost-of',
      title: 'Cost of a service, a team or everything',
      description:
        'What a service, a team or everything cost in a span of days, whether it is more than before, what it will have cost at the end of the month, how much of what was reserved is not used, and who or what spends it. Amounts are decimals with their currency; what is left out of the answer is not known, and notes say why.',
      attributes: READS,
      schema: {
        input: zod =>
          zod
            .object({
              entityRef: entityInput(zod, 'cost'),
              window: zod
                .enum(['7d', '30d', '90d', 'mtd', 'custom'])
                .optional()
                .describe(
                  'Days up to today; mtd is the month so far; custom has from and to. 30d unless said.',
                ),
              from: zod
                .string()
                .optional()
                .describe('First day of a custom window, YYYY-MM-DD.'),
              to: zod
                .string()
                .optional()
                .describe('Day after the last one of a custom window.'),
              groupBy: zod
                .enum([
                  'team',
                  'service',
                  'cluster',
                  'region',
                  'namespace',
                  'workload',
                  'container',
                  'capacity',
                ])
                .optional()
                .describe(
                  `What a row stands for. Of everything: ${FLEET_GROUPS.join(
                    ', ',
                  )}; of a service: ${SERVICE_GROUPS.join(
                    ', ',
                  )}; of a team always service.`,
                ),
              idle: zod
                .enum(['separate', 'shared'])
                .optional()
                .describe(
                  'Whether capacity given to nobody is shared among those who run on it; separate unless said.',
                ),
              currency: currencyInput(zod),
              limit: limitInput(zod, 10, 50),
            })
            .strict(),
        output: zod => {
          const money = moneyOutput(zod);
          const share = zod.number().describe('Percent.').optional();
          return zod.object({
            of: zod.string(),
            window: zod.object({
              start: zod.string().describe('First day.'),
              end: zod.string().describe('Day after the last one.'),
              timezone: zod.string(),
            }),
            dataUntil: zod.string().optional(),
            total: money.optional(),
            previous: zod
              .object({
                start: zod.string(),
                end: zod.string(),
                total: money.optional(),
              })
              .optional(),
            changePercent: share,
            monthToDate: money.optional(),
            monthEnd: zod
              .object({
                likely: money,
                least: money,
                most: money,
                confidencePercent: zod.number(),
              })
              .optional(),
            reservedAndUnused: money.optional(),
            efficiencyPercent: share,
            groupedBy: zod.string(),
            rows: zod.array(
              zod.object({
                name: zod.string(),
                entityRef: zod.string().optional(),
                kind: zod.enum(['normal', 'idle', 'unallocated']),
                total: money,
                changePercent: share,
                efficiencyPercent: share,
              }),
            ),
            others: zod
              .object({ rows: zod.number(), total: money })
              .optional()
              .describe('Rows that are left out, and their sum.'),
            notes: notesOutput(zod),
          });
        },
      },
      examples: [
        {
          title: 'A service in the month so far',
          input: {
            entityRef: 'component:default/web',
            window: 'mtd',
            limit: 10,
          },
        },
        {
          title: 'Teams in the last 30 days',
          input: { groupBy: 'team', limit: 10 },
        },
      ],
      action: async ({ input, credentials }) => {
        const { entityRef, groupBy, limit, ...query } = input;
        const request = parseReportRequest(
          query,
          currencies,
          config.timezone,
          now(),
        );
        const asked = askedOf(entityRef);
        const { report, rows, groupedBy } = await read(asked, groupBy, {
          reports,
          request,
          credentials,
        });
        return {
          output: {
            of: subjectOf(asked),
            groupedBy,
            ...figuresOf(report),
            ...rowsOf(rows, limit, report.currency),
          },
        };
      },
    });
}

async function read(
  asked: Asked,
  groupBy: string | undefined,
  at: {
    reports: CostReports;
    request: ReportRequest;
    credentials: BackstageCredentials;
  },
): Promise<{ report: Report; rows: BreakdownRow[]; groupedBy: string }> {
  const { reports, request, credentials } = at;
  if (asked === 'fleet') {
    const by: FleetDimension = oneOfGroups(FLEET_GROUPS, groupBy, 'team');
    const report = await reports.fleet(request, by, credentials);
    return { report, rows: report.rows, groupedBy: by };
  }
  if ('team' in asked) {
    const by = oneOfGroups(['service'] as const, groupBy, 'service');
    const report = await reports.team(asked.team, request, credentials);
    return { report, rows: report.services, groupedBy: by };
  }
  const by = oneOfGroups(SERVICE_GROUPS, groupBy, 'workload');
  const report = await reports.service(asked.service, request, credentials);
  return { report, rows: report.breakdowns[by], groupedBy: by };
}

function oneOfGroups<T extends string>(
  groups: readonly T[],
  asked: string | undefined,
  usual: T,
): T {
  const found = groups.find(group => group === (asked ?? usual));
  if (!found) {
    throw new InputError(
      `groupBy is ${asked}; of this it must be one of ${groups.join(', ')}`,
    );
  }
  return found;
}

function figuresOf(report: Report) {
  const { headline, window, currency } = report;
  const money = moneyIn(currency);
  const ifKnown = moneyIfKnown(currency);
  const { start, end, timezone } = window;
  const base = {
    window: { start, end, timezone },
    ...(report.dataUntil !== undefined && { dataUntil: report.dataUntil }),
    notes: notesOfReport(report),
  };
  // Of what nothing is known, zero would be a lie.
  if (report.status !== 'ok') {
    return base;
  }
  const { previous, projection, monthToDate } = headline;
  return {
    ...base,
    total: money(headline.total),
    previous: {
      start: previous.start,
      end: previous.end,
      total: ifKnown(previous.total),
    },
    changePercent: percentOf(previous.changeRatio),
    monthToDate: money(monthToDate.total),
    ...(projection.status === 'ok' && {
      monthEnd: {
        likely: money(projection.total),
        least: money(projection.low),
        most: money(projection.high),
        confidencePercent: projection.confidence * 100,
      },
    }),
    reservedAndUnused:
      headline.unusedShare === undefined
        ? undefined
        : money(headline.unusedCost),
    efficiencyPercent: percentOf(headline.efficiency),
  };
}

function notesOfReport(report: Report): string[] {
  const { headline, days, window, problems } = report;
  if (report.status !== 'ok') {
    return notesOf([
      STATUSES[report.status],
      ...problems.map(({ message }) => message),
    ]);
  }
  const missing = days.reduce((sum, day) => sum + (day.missingHours ?? 0), 0);
  const unread = days.filter(
    ({ day, partial }) => partial && day !== window.partialDay,
  ).length;
  return notesOf([
    report.simulated && SIMULATED,
    'restricted' in report && report.restricted && RESTRICTED,
    window.partialDay !== undefined &&
      `${window.partialDay} is not over: its cost is that of the hours so far.`,
    unread > 0 &&
      `${unread} days of the window are not read as a whole yet, so that it costs more than that.`,
    missing > 0 &&
      `${missing} hours of the window are missing; what they cost is not known, and not in the amounts.`,
    'notAllocated' in report &&
      report.notAllocated.length > 0 &&
      `Nothing is allocated to ${report.notAllocated.length} more that the team owns: nothing of them ran in a cluster in these days. What a bill says of them is not in the amounts.`,
    headline.previous.total === undefined &&
      'The window before is not known as a whole, so there is no total of it.',
    headline.previous.changeRatio === undefined &&
      'How much it changed is not known: there are no days of the window before to compare with.',
    headline.projection.status === 'not-yet' && headline.projection.reason,
    headline.efficiency === undefined &&
      'How much of what was reserved was used is not known.',
    ...problems.map(({ message }) => message),
  ]);
}

function rowsOf(
  rows: readonly BreakdownRow[],
  limit: number,
  currency: string,
) {
  const money = moneyIn(currency);
  const rest = rows.slice(limit);
  return {
    rows: rows.slice(0, limit).map(row => ({
      name: row.label,
      ...(row.entityRef !== undefined && { entityRef: row.entityRef }),
      kind: row.kind,
      total: money(row.total),
      changePercent: percentOf(row.changeRatio),
      efficiencyPercent: percentOf(row.efficiency),
    })),
    ...(rest.length > 0 && {
      others: {
        rows: rest.length,
        total: money(sumMicros(rest.map(({ total }) => BigInt(total)))),
      },
    }),
  };
}
