import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { copyIn } from '@headroom/node';
import {
  BILL_AMOUNTS,
  BillItem,
  decimalText,
  FoldedItem,
  machineKeyOf,
} from '@headroom/plugin-cost-common';
import { Knex } from 'knex';

/** NUL and halves of a pair of UTF-16, which a JSON text may have and `jsonb` may not. */
const NOT_IN_JSONB = /\0|\p{Surrogate}/gu;

/** The columns of an item, and what each holds. */
const ITEM_COLUMNS = {
  period: item => item.period,
  currency: item => item.currency,
  provider: item => item.provider,
  billing_account: item => item.billingAccount,
  sub_account: item => item.subAccount,
  service: item => item.service,
  service_category: item => item.serviceCategory,
  region: item => item.region,
  resource_id: item => item.resourceId,
  machine: item => machineKeyOf(item.resourceId),
  category: item => item.category,
  correction: item => String(item.correction),
  frequency: item => item.frequency,
  pricing: item => item.pricing,
  commitment: item => item.commitment,
  commitment_id: item => item.commitmentId,
  tags: item =>
    JSON.stringify(item.tags, (_, value) =>
      typeof value === 'string' ? value.replace(NOT_IN_JSONB, '') : value,
    ),
} satisfies Record<string, (item: BillItem) => string>;

/** Names of the columns of an item. */
export const BILL_ITEM_COLUMNS = Object.keys(ITEM_COLUMNS).join(', ');

/** Items copied before other work of the process may run. */
const SLICE = 1000;

/**
 * Where the rows of a delivery wait, in its transaction, until all of them are
 * there: a delivery counts whole or not at all.
 */
export async function createBillStage(tx: Knex): Promise<void> {
  await tx.raw(
    `CREATE TEMPORARY TABLE bill_stage_items (key uuid NOT NULL, period date, currency text, provider text,
       billing_account text, sub_account text, service text, service_category text, region text, resource_id text, machine text,
       category text, correction boolean, frequency text, pricing text, commitment text, commitment_id text,
       tags jsonb) ON COMMIT DROP`,
  );
  await tx.raw(
    `CREATE TEMPORARY TABLE bill_stage_days (key uuid NOT NULL, day date NOT NULL, billed numeric, effective numeric,
       list numeric, contracted numeric, charges integer) ON COMMIT DROP`,
  );
}

/** For a next delivery of the same transaction. */
export async function dropBillStage(tx: Knex): Promise<void> {
  await tx.raw('DROP TABLE bill_stage_items, bill_stage_days');
}

/** Adds to the stage. An item, and a day of it, may come again: they are summed when all is there. */
export async function stageBill(
  tx: Knex,
  folded: readonly FoldedItem[],
): Promise<void> {
  for (let start = 0; start < folded.length; start += SLICE) {
    const slice = folded.slice(start, start + SLICE);
    const items: string[] = [];
    const days: string[] = [];
    for (const { key, item, days: ofItem } of slice) {
      const id = createHash('md5').update(key).digest('hex');
      items.push(
        copyLine([
          id,
          ...Object.values(ITEM_COLUMNS).map(valueOf => valueOf(item)),
        ]),
      );
      for (const { day, amounts, charges } of ofItem) {
        const decimals = BILL_AMOUNTS.map(name => decimalText(amounts[name]));
        days.push(copyLine([id, day, ...decimals, String(charges)]));
      }
    }
    await copy(tx, `bill_stage_items (key, ${BILL_ITEM_COLUMNS})`, items);
    await copy(
      tx,
      'bill_stage_days (key, day, billed, effective, list, contracted, charges)',
      days,
    );
    await setImmediate();
  }
}

async function copy(tx: Knex, into: string, lines: string[]): Promise<void> {
  await copyIn(tx, `COPY ${into} FROM STDIN`, Buffer.from(lines.join('')));
}

/** One line of PostgreSQL's text format, which knows no NUL. */
function copyLine(values: readonly string[]): string {
  return `${values.map(escaped).join('\t')}\n`;
}

const ESCAPES: Record<string, string> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '\0': '',
};

function escaped(value: string): string {
  return /[\\\t\n\r\0]/.test(value)
    ? value.replace(/[\\\t\n\r\0]/g, character => ESCAPES[character])
    : value;
}
