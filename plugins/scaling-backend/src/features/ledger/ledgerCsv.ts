import {
  CSV_LINE_END,
  csvLine,
  formatFieldPath,
  Json,
  LedgerEntry,
  microsToDecimal,
} from '@headroom/common';

type Field = string | number | undefined;

/** Columns in their order; one line of the file is one field of one line of the ledger. */
const COLUMNS: Array<[string, (entry: LedgerEntry) => Field]> = [
  ['Sequence', entry => entry.sequence],
  ['At', entry => entry.at],
  ['Event', entry => entry.event],
  ['Subject', entry => entry.subject],
  ['Service', entry => entry.entityRef],
  [
    'Cluster',
    ({ target }) => (target.type === 'kubernetes' ? target.cluster : undefined),
  ],
  [
    'Target',
    ({ target }) =>
      target.type === 'kubernetes'
        ? `${target.kind} ${target.namespace ?? ''}/${target.name}`
        : `${target.repository} ${target.path}`,
  ],
  ['Controller', entry => entry.controller],
  ['Policy', entry => entry.policyId],
  ['By', entry => entry.by],
  ['ApprovedBy', entry => entry.approvedBy],
  ['ExpectedSavingPerHour', ({ expected }) => money(expected?.savingPerHour)],
  ['ExpectedCurrency', ({ expected }) => expected?.currency],
  ['Text', entry => entry.text.message],
  ['Action', entry => entry.actionId],
  ['Plan', entry => entry.planId],
];

/** The ledger as CSV, a piece for each page. */
export async function* ledgerCsv(
  pages: AsyncIterable<LedgerEntry[]>,
): AsyncGenerator<string> {
  // With the first lines: while nothing was sent, a failure can be the answer.
  let head = line([
    ...COLUMNS.map(([name]) => name),
    'Field',
    'Before',
    'After',
  ]);
  for await (const entries of pages) {
    yield head + entries.flatMap(linesOf).join('');
    head = '';
  }
  if (head) {
    yield head;
  }
}

function linesOf(entry: LedgerEntry): string[] {
  const own = COLUMNS.map(([, value]) => value(entry));
  return entry.changes.length === 0
    ? [line([...own, undefined, undefined, undefined])]
    : entry.changes.map(({ path, before, after }) =>
        line([...own, formatFieldPath(path), text(before), text(after)]),
      );
}

function line(fields: readonly Field[]): string {
  return `${csvLine([...fields])}${CSV_LINE_END}`;
}

function text(value: Json): Field {
  if (value === null) {
    return undefined;
  }
  return typeof value === 'string' || typeof value === 'number'
    ? value
    : JSON.stringify(value);
}

function money(micros: string | undefined): string | undefined {
  return micros === undefined ? undefined : microsToDecimal(BigInt(micros));
}
