import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { decimalToMicros } from '@headroom/common';
import { Day, ingestDay } from './charges';
import { readTable, Table } from './table';
import { validate } from './validate';
import { broken, columnOf, rulesBrokenByRows, valueRulesOf } from './verdicts';
import { FOREIGN, PLAIN } from './world';

/** Rules that the validator tested when this was written, and rules on values. */
const RULES_TESTED = 203;
const VALUE_RULES = 49;

let day: Day;
let foreign: Day;

before(async () => {
  day = await ingestDay(PLAIN);
  foreign = await ingestDay(FOREIGN);
});

after(async () => {
  await day?.drop();
  await foreign?.drop();
});

describe('charges', () => {
  it('are of every kind', async () => {
    const { rows } = readTable(await day.charges('USD'));
    const has = (
      kind: string,
      is: (row: Record<string, string>) => boolean,
    ): void => assert.ok(rows.some(is), `no row is ${kind}`);
    for (const service of ['CPU', 'Memory', 'GPU', 'Storage']) {
      for (const idle of ['true', 'false']) {
        has(
          `${service}, idle ${idle}`,
          row =>
            row.ServiceName === `Kubernetes ${service}` && row.x_Idle === idle,
        );
      }
    }
    has('traffic', row => row.PricingUnit === 'GiB');
    has('of a volume nobody mounted', row =>
      row.ChargeDescription.includes('no pod mounted'),
    );
    has('spot', row => row.PricingCategory === 'Dynamic');
    has('linked', row => row.Tags.includes('"system"'));
    has('unallocated', row => row.x_Idle === 'false' && row.x_EntityRef === '');
    has('a credit', row => row.BilledCost.startsWith('-'));
    has('of unknown amount', row => row.PricingUnit === 'Days');
    has('of a quantity with an exponent', row =>
      /E-\d+$/.test(row.PricingQuantity),
    );
    has('of no known region', row => row.RegionId === '');
  });

  it('sum to what is stored, to the micro', async () => {
    const { rows } = readTable(await day.charges('USD'));
    const billed = rows.reduce(
      (sum, { BilledCost }) => sum + decimalToMicros(BilledCost),
      0n,
    );
    assert.equal(billed, await day.micros());
  });

  for (const currency of ['USD', 'JPY']) {
    it(`keep every rule of FOCUS 1.2, in ${currency}`, async context => {
      const verdicts = await validate(readTable(await day.charges(currency)));
      const tested = verdicts.filter(({ status }) => status !== 'SKIPPED');
      process.stdout.write(
        `${currency}: ${tested.length} rules tested of ${verdicts.length}\n`,
      );
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
  }

  it('keep every rule on values, row by row', async () => {
    const charges = readTable(await day.charges('USD'));
    const rules = valueRulesOf(charges);
    process.stdout.write(`${rules.length} rules on values\n`);
    assert.ok(rules.length >= VALUE_RULES, `only ${rules.length} rules`);
    assert.deepEqual(rulesBrokenByRows(charges), []);
  });

  it('keep names as people write them, where the validator wants ASCII', async () => {
    // FOCUS itself wants strings as users have them and names no alphabet.
    const verdicts = await validate(readTable(await foreign.charges('USD')));
    const bad = broken(verdicts);
    assert.deepEqual(
      bad.filter(({ why }) => !why.includes('contain only ASCII characters')),
      [],
    );
    assert.deepEqual([...new Set(bad.map(columnOf))].sort(), [
      'BillingAccountId',
      'BillingAccountName',
      'ChargeDescription',
      'ResourceId',
      'ResourceName',
      'SubAccountId',
      'SubAccountName',
    ]);
  });
});

describe('what is wrong is seen', () => {
  const changed = async (change: (charges: Table) => void) => {
    const charges = readTable(await day.charges('USD'));
    change(charges);
    return charges;
  };
  const rulesBrokenBy = async (charges: Table) =>
    broken(await validate(charges)).map(({ rule }) => rule);

  it('when recommended columns are missing', async () => {
    const rules = await rulesBrokenBy(
      await changed(charges => {
        charges.columns = charges.columns.filter(
          column => !['InvoiceId', 'ServiceSubcategory'].includes(column),
        );
      }),
    );
    assert.ok(rules.includes('CostAndUsage-D-033-O'), rules.join());
    assert.ok(rules.some(rule => rule.startsWith('ServiceSubcategory-')));
  });

  it('when fields are not of their form', async () => {
    const rules = await rulesBrokenBy(
      await changed(({ rows }) => {
        rows[0].BillingCurrency = 'EURO';
        rows[1].ChargePeriodStart = '2026-03-29 00:00';
        rows[2].ConsumedQuantity = '';
      }),
    );
    for (const wanted of [
      'BillingCurrency-C-003-M',
      'ChargePeriodStart-C-002-M',
      'ConsumedUnit-C-005-C',
    ]) {
      assert.ok(rules.includes(wanted), `${wanted} in ${rules}`);
    }
  });

  it('when one row has a value that is not allowed', async () => {
    const charges = await changed(({ rows }) => {
      // Of Storage, not of Compute.
      rows[0].ServiceSubcategory = 'Block Storage';
      rows[1].PricingQuantity = '';
      rows[2].ChargeCategory = 'Use';
    });
    assert.equal(charges.rows[0].ServiceCategory, 'Compute');
    const rules = rulesBrokenByRows(charges);
    for (const wanted of [
      'ServiceSubcategory-C-004-M',
      'PricingQuantity-C-005-C',
      'ChargeCategory-C-003-M',
    ]) {
      assert.ok(rules.includes(wanted), `${wanted} in ${rules}`);
    }
  });
});
