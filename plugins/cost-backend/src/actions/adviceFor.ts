import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  AdviceReport,
  AdviceRow,
  AdviceRowResource,
} from '@headroom/plugin-cost-common';
import { Asked, CostScopes } from '../core/CostScopes';
import { Currencies } from '../core/Currencies';
import {
  parseFleetAdvice,
  parseServiceAdvice,
} from '../features/advice/AdviceRequest';
import { AdviceReports } from '../features/advice/AdviceReports';
import { askedOf, currencyInput, entityInput, limitInput, Zod } from './inputs';
import {
  moneyIfKnown,
  moneyIn,
  moneyOutput,
  notesOf,
  notesOutput,
  RESTRICTED,
  SIMULATED,
  subjectOf,
} from './outputs';
import { READS, RegisterAction } from './RegisterAction';

/** @internal */
export interface AdviceForOptions {
  advice: AdviceReports;
  scopes: CostScopes;
  currencies: Currencies;
  now: () => Date;
}

/** What to change of what workloads request, and what it saves. */
export function adviceFor(options: AdviceForOptions): RegisterAction {
  return registry =>
    registry.register({
      name: 'advice-for',
      title: 'Rightsizing advice for a service, a team or everything',
      description:
        'What containers should request and be limited to, by what they used, what that saves a month, how sure it is, and why advice is held back where it is. It proposes and changes nothing. Memory is in bytes, CPU in cores. Advice that was dismissed or snoozed is left out.',
      attributes: READS,
      schema: {
        input: zod =>
          zod
            .object({
              entityRef: entityInput(zod, 'workloads'),
              currency: currencyInput(zod),
              limit: limitInput(zod, 10, 50),
            })
            .strict(),
        output: zod => {
          const money = moneyOutput(zod);
          return zod.object({
            of: zod.string(),
            measured: zod
              .object({
                start: zod.string(),
                end: zod.string(),
                days: zod.number(),
              })
              .optional(),
            computedAt: zod.string().optional(),
            savingPerMonth: zod
              .object({
                atListPrices: money.describe(
                  'Of all advice that can be taken.',
                ),
                realisable: money.describe(
                  'What node pools give back when all of it is taken.',
                ),
                withWhatIsHeldBack: money,
              })
              .optional(),
            containers: zod
              .object({
                change: zod.number(),
                keep: zod.number(),
                withheld: zod.number(),
              })
              .optional(),
            rows: zod
              .array(
                zod.object({
                  container: zod.string(),
                  workload: zod.string(),
                  namespace: zod.string(),
                  cluster: zod.string(),
                  service: zod.string().optional(),
                  status: zod.enum(['change', 'keep', 'withheld']),
                  cpuCores: settingOutput(zod),
                  memoryBytes: settingOutput(zod),
                  savingPerMonth: money
                    .optional()
                    .describe('Negative where it costs more.'),
                  savingHeldBack: money.optional(),
                  confidence: zod.number().describe('0 to 1.'),
                  reasons: zod.array(zod.string()),
                }),
              )
              .describe('What saves most first.'),
            rowsLeftOut: zod.number(),
            notes: notesOutput(zod),
          });
        },
      },
      action: async ({ input, credentials }) => {
        const asked = askedOf(input.entityRef);
        const report = await read(asked, input, options, credentials);
        return {
          output: { of: subjectOf(asked), ...answerOf(report, input.limit) },
        };
      },
    });
}

function settingOutput(zod: Zod) {
  return zod.object({
    request: zod.number().optional(),
    limit: zod.number().optional(),
    proposedRequest: zod.number().optional(),
    proposedLimit: zod
      .number()
      .nullable()
      .optional()
      .describe('null = it should have none.'),
  });
}

async function read(
  asked: Asked,
  { currency, limit }: { currency?: string; limit: number },
  { advice, scopes, currencies, now }: AdviceForOptions,
  credentials: BackstageCredentials,
): Promise<AdviceReport> {
  if (asked !== 'fleet' && 'service' in asked) {
    const request = parseServiceAdvice({ currency }, currencies, now());
    return advice.service(asked.service, request, credentials);
  }
  if (asked !== 'fleet') {
    // A team that is not there, or not to be seen, is not one without advice.
    await scopes.open(asked, credentials);
  }
  const request = parseFleetAdvice(
    {
      currency,
      limit: String(limit),
      ...(asked !== 'fleet' && { owner: asked.team }),
    },
    currencies,
    now(),
  );
  return advice.fleet(request, credentials);
}

function answerOf(report: AdviceReport, limit: number) {
  const { currency, totals, window, computedAt } = report;
  const money = moneyIn(currency);
  const isKnown = report.status === 'ok';
  const rows = report.rows.slice(0, limit);
  return {
    ...(window && { measured: window }),
    ...(computedAt !== undefined && { computedAt }),
    // Of what nothing was computed, a saving of zero would be a lie.
    ...(isKnown && {
      savingPerMonth: {
        atListPrices: money(totals.listSaving),
        realisable: money(totals.realisableSaving),
        withWhatIsHeldBack: money(totals.includingHeld),
      },
      containers: totals.containers,
    }),
    rows: rows.map(row => rowOf(row, currency)),
    rowsLeftOut: report.totalRows - rows.length,
    notes: notesOf([
      report.status === 'not-computed' &&
        'No advice has been computed yet, so what could be saved is not known.',
      report.status === 'no-workloads' &&
        'No workload is linked to it, so there is nothing to give advice on.',
      report.simulated && SIMULATED,
      report.restricted && RESTRICTED,
      ...report.problems.map(({ message }) => message),
    ]),
  };
}

function rowOf(row: AdviceRow, currency: string) {
  const ifKnown = moneyIfKnown(currency);
  return {
    container: row.container,
    workload: `${row.workload.kind} ${row.workload.name}`,
    namespace: row.workload.namespace,
    cluster: row.cluster,
    ...(row.entityRef !== undefined && { service: row.entityRef }),
    status: row.status,
    cpuCores: settingOf(row.cpu),
    memoryBytes: settingOf(row.memory),
    savingPerMonth: ifKnown(row.listSaving),
    savingHeldBack: ifKnown(row.heldSaving),
    confidence: row.confidence,
    reasons: row.reasons.map(({ message }) => message),
  };
}

function settingOf({
  request,
  limit,
  proposedRequest,
  proposedLimit,
}: AdviceRowResource) {
  return { request, limit, proposedRequest, proposedLimit };
}
