import { CSV_LINE_END, csvLine, microsToDecimal } from '@headroom/common';
import { AdviceRow } from '@headroom/plugin-cost-common';
import { StoredAdviceRow } from '../../database/AdviceReportStore';
import { Rate } from '../../core/rate';
import { toAdviceRow } from './toRow';

/** Lines made at a time. */
const LINES_AT_A_TIME = 50;

type Field = string | number | undefined;

/** Columns in their order; money a month of 730 hours. */
const COLUMNS: Array<[string, (row: AdviceRow, currency: string) => Field]> = [
  ['Cluster', row => row.cluster],
  ['Namespace', row => row.workload.namespace],
  ['Kind', row => row.workload.kind],
  ['Workload', row => row.workload.name],
  ['Container', row => row.container],
  ['Service', row => row.entityRef],
  ['Status', row => row.status],
  ['Appetite', row => row.appetite],
  ['Confidence', row => row.confidence],
  ['CpuStatus', row => row.cpu.status],
  ['CpuRequestCores', row => row.cpu.request],
  ['CpuLimitCores', row => row.cpu.limit],
  ['CpuProposedRequestCores', row => row.cpu.proposedRequest],
  ['CpuProposedLimitCores', row => limit(row.cpu.proposedLimit)],
  ['CpuHeldRequestCores', row => row.cpu.heldRequest],
  ['MemoryStatus', row => row.memory.status],
  ['MemoryRequestBytes', row => row.memory.request],
  ['MemoryLimitBytes', row => row.memory.limit],
  ['MemoryProposedRequestBytes', row => row.memory.proposedRequest],
  ['MemoryProposedLimitBytes', row => limit(row.memory.proposedLimit)],
  ['MemoryHeldRequestBytes', row => row.memory.heldRequest],
  ['Currency', (_, currency) => currency],
  ['ListSavingPerMonth', row => money(row.listSaving)],
  ['RealisableSavingPerMonth', row => money(row.realisableSaving)],
  ['HeldSavingPerMonth', row => money(row.heldSaving)],
  ['ThrottledMinutesNow', row => row.throttledMinutes?.current],
  ['ThrottledMinutesProposed', row => row.throttledMinutes?.proposed],
  ['OomKillsNow', row => row.oomKills?.current],
  ['OomKillsProposed', row => row.oomKills?.proposed],
  ['Reasons', row => row.reasons.map(({ code }) => code).join(' ')],
  ['SteeredBy', row => row.steeredBy.join(' ')],
  ['Decision', row => row.decision?.state],
  ['DecisionReason', row => row.decision?.reason],
];

/** Advice as CSV, a piece at a time: memory does not grow with the answer. */
export async function* adviceCsv(
  pages: AsyncIterable<StoredAdviceRow[]>,
  rate: Rate,
): AsyncGenerator<string> {
  // With the first piece, so that nothing is sent before the database answered.
  let header = `${csvLine(COLUMNS.map(([name]) => name))}${CSV_LINE_END}`;
  for await (const page of pages) {
    for (let i = 0; i < page.length; i += LINES_AT_A_TIME) {
      const lines = page
        .slice(i, i + LINES_AT_A_TIME)
        .map(stored => lineOf(toAdviceRow(stored, rate), rate.currency));
      yield header + lines.join('');
      header = '';
    }
  }
  if (header) {
    yield header;
  }
}

function lineOf(row: AdviceRow, currency: string): string {
  const fields = COLUMNS.map(([, of]) => of(row, currency));
  return `${csvLine(fields)}${CSV_LINE_END}`;
}

function limit(value: number | null | undefined): Field {
  return value === null ? 'none' : value;
}

function money(micros: string | undefined): Field {
  return micros === undefined ? undefined : microsToDecimal(BigInt(micros));
}
