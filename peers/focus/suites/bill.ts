import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  DecimalSum,
  decimalText,
  parseDecimal,
} from '@headroom/plugin-cost-common';
import { createDatabase } from '../../lib/database';
import { exportAgain } from '../bills';
import { billCsv, BILLED_NODES, MONTH } from '../billWorld';
import { Day, ingestDay } from '../charges';
import { readTable, Table } from '../table';
import { validate, validateFile } from '../validate';
import { broken, columnOf, rulesBrokenByRows, valueRulesOf } from '../verdicts';
import { PLAIN } from '../world';

/** Rules that the validator tested when this was written, and rules on values. */
const RULES_TESTED = 203;
const VALUE_RULES = 60;

const SUMMABLE = [
  'BilledCost',
  'EffectiveCost',
  'ListCost',
  'ContractedCost',
  'ConsumedQuantity',
  'PricingQuantity',
  'CommitmentDiscountQuantity',
];

/** The model has the conditions of these the wrong way round, and states of commitments that FOCUS does not know. */
const isUsable = ({ column }: { column: string }) =>
  !column.startsWith('CommitmentDiscount');

const ALLOCATION = /^(Allocated\w+|x_AllocatedTo|x_EntityRef)$/;

function sumOf(rows: Table['rows'], column: string): string {
  const sum = DecimalSum.create();
  for (const row of rows) {
    const amount = parseDecimal(row[column] || '0');
    assert.ok(amount, `${column} is ${row[column]}`);
    sum.add(amount);
  }
  return decimalText(sum.value).replace(/\.?0+$/, '');
}

describe('a bill with charges of nodes that are split', () => {
  let day: Day;
  let folder: string;
  let origin: Table;
  let exported: Table;

  before(async () => {
    day = await ingestDay(PLAIN);
    folder = await mkdtemp(path.join(os.tmpdir(), 'headroom-bill-'));
    await writeFile(path.join(folder, 'march.csv'), billCsv());
    origin = readTable(billCsv());
    const [csv] = await exportAgain(day.knex, folder, [MONTH]);
    exported = readTable(csv);
  });
  after(async () => {
    await day?.drop();
    await rm(folder, { recursive: true, force: true });
  });

  /** The rows of each origin: of one resource and class. */
  const partsOf = (row: Record<string, string>) =>
    exported.rows.filter(
      each =>
        each.ResourceId === row.ResourceId &&
        each.ChargeClass === row.ChargeClass,
    );

  it('has one row a service, and one of idle capacity and of the rest', () => {
    const [node] = origin.rows;
    assert.deepEqual(
      partsOf(node)
        .map(each => each.AllocatedResourceId || each.x_AllocatedTo)
        .sort(),
      // All on-demand machines of a region together, so train's is a part of each.
      [
        'component:default/train',
        'component:default/web',
        'idle',
        'unallocated',
      ],
    );
    assert.ok(exported.rows.length > origin.rows.length + 4);
  });

  for (const column of SUMMABLE) {
    it(`sums to the origin to the last digit: ${column}`, () => {
      for (const row of origin.rows) {
        assert.equal(sumOf(partsOf(row), column), sumOf([row], column));
      }
    });
  }

  it('leaves everything else as it was, and ratios sum to 1', () => {
    for (const row of origin.rows) {
      const parts = partsOf(row);
      for (const part of parts) {
        for (const column of origin.columns) {
          if (!SUMMABLE.includes(column)) {
            assert.equal(part[column], row[column], column);
          }
        }
      }
      if (BILLED_NODES.includes(row.ResourceId)) {
        const ratios = parts.flatMap(({ AllocatedMethodDetails }) =>
          [
            ...AllocatedMethodDetails.matchAll(/"AllocatedRatio":([\d.]+)/g),
          ].map(([, ratio]) => ({ ratio })),
        );
        assert.equal(sumOf(ratios, 'ratio'), '1');
      } else {
        assert.deepEqual(
          parts.map(part => part.AllocatedMethodId),
          [''],
        );
      }
    }
  });

  it('keeps every rule of FOCUS 1.2', async context => {
    const tested = (await validate(exported)).filter(
      ({ status }) => status !== 'SKIPPED',
    );
    process.stdout.write(`Bill: ${tested.length} rules tested\n`);
    assert.ok(tested.length >= RULES_TESTED, `only ${tested.length} rules`);
    const bad = broken(tested);
    for (const column of new Set(tested.map(columnOf))) {
      await context.test(column, () =>
        assert.deepEqual(
          bad.filter(verdict => columnOf(verdict) === column),
          [],
        ),
      );
    }
  });

  it('keeps every rule on values, row by row', () => {
    const rules = valueRulesOf(exported).filter(isUsable);
    process.stdout.write(`Bill: ${rules.length} rules on values\n`);
    assert.ok(rules.length >= VALUE_RULES, `only ${rules.length} rules`);
    assert.deepEqual(
      rules
        .filter(({ keeps }) => !exported.rows.every(keeps))
        .map(({ rule }) => rule),
      [],
    );
  });

  it('is seen to be wrong when a part is', async () => {
    const rows = exported.rows.map(row => ({ ...row }));
    rows[0].BilledCost = '1e';
    rows[1].ChargeCategory = 'Use';
    const rules = broken(await validate({ ...exported, rows })).map(
      ({ rule }) => rule,
    );
    assert.ok(
      rules.some(rule => rule.startsWith('BilledCost-')),
      rules.join(),
    );
    assert.ok(
      rulesBrokenByRows({ ...exported, rows }).includes(
        'ChargeCategory-C-003-M',
      ),
    );
  });
});

const bills = process.env.HEADROOM_BILLS;

/** Files that somebody has exported: `--bills DIR`. */
describe('exports of others, imported and exported again', () => {
  if (!bills) {
    process.stdout.write(
      'No exports of others are tried: yarn test:peers focus --bills DIR\n',
    );
    return;
  }

  let originals: string[];
  before(async () => {
    originals = (await readdir(bills)).filter(name => name.endsWith('.csv'));
    assert.ok(originals.length > 0, `${bills} has no CSV files`);
  });

  it('have every row as it was, and break no rule that they did not', async context => {
    for (const name of originals) {
      await context.test(name, () => holds(path.join(bills, name)));
    }
  });
});

async function holds(file: string): Promise<void> {
  const original = readTable(await readFile(file, 'utf8'));
  const months = [
    ...new Set(original.rows.map(row => row.BillingPeriodStart.slice(0, 7))),
  ];
  const folder = await mkdtemp(path.join(os.tmpdir(), 'headroom-bill-'));
  const database = await createDatabase([], new Date('2026-04-05T00:00:00Z'));
  try {
    await writeFile(
      path.join(folder, path.basename(file)),
      await readFile(file),
    );
    const tables = (await exportAgain(database.knex, folder, months)).map(
      readTable,
    );
    const again: Table = {
      columns: tables[0].columns,
      rows: tables.flatMap(({ rows }) => rows),
    };
    assert.deepEqual(
      again.rows.map(row => withoutAllocation(row)),
      months.flatMap(month =>
        original.rows
          .filter(row => row.BillingPeriodStart.startsWith(month))
          .map(normal),
      ),
    );
    // As it is, and with texts that are empty as what they are: the validator takes
    // them for texts, where FOCUS has null.
    const asItIs = broken(await validateFile(file));
    const emptied = broken(
      await validate({ ...original, rows: original.rows.map(normal) }),
    );
    const known = new Map(
      [...emptied, ...asItIs].map(verdict => [verdict.rule, verdict]),
    );
    const later = broken(await validate(again));
    process.stdout.write(
      `${path.basename(file)}: ${original.rows.length} rows, ${
        asItIs.length
      } rules broken by the file, ${
        emptied.length
      } with its empty texts as null, ${
        later.length
      } by what is exported of it: ${
        later.map(({ rule }) => rule).join(', ') || 'none'
      }\n`,
    );
    assert.deepEqual(
      later.filter(({ rule }) => !known.has(rule)),
      [],
    );
    assert.deepEqual(
      later
        .filter(({ rule, why }) => countOf(why) > countOf(known.get(rule)!.why))
        .map(({ rule }) => rule),
      [],
    );
  } finally {
    await database.drop();
    await rm(folder, { recursive: true });
  }
}

function countOf(why: string): number {
  return Number(/violations=(\d+)/.exec(why)?.[1] ?? 0);
}

function withoutAllocation(row: Record<string, string>) {
  return Object.fromEntries(
    Object.entries(row).filter(([column]) => !ALLOCATION.test(column)),
  );
}

/** What is missing is empty, and moments are of one form; everything else is the same. */
function normal(row: Record<string, string>) {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => {
      if (value === 'NULL') {
        return [column, ''];
      }
      return [
        column,
        /Period(Start|End)$/.test(column)
          ? value.replace(/^(\S+) (\S+)$/, '$1T$2Z')
          : value,
      ];
    }),
  );
}
