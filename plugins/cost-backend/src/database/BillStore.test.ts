import { setTimeout as sleep } from 'node:timers/promises';
import { Fence, withStatementLimit } from '@headroom/node';
import {
  BillFold,
  decimalText,
  FoldedItem,
  parseDecimal,
} from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { TestPostgres } from '../__testUtils__/database';
import { readRestatements } from './billRestatements';
import { BillStore } from './BillStore';

jest.setTimeout(120_000);

const postgres = TestPostgres.create();
const LIMIT_MS = 1000;
const NAME = 'idle_in_transaction_session_timeout';

function piece(resourceId: string, cost = '1'): FoldedItem[] {
  const amount = parseDecimal(cost)!;
  const fold = BillFold.create();
  fold.add({
    item: {
      period: '2026-10-01',
      currency: 'USD',
      provider: 'AWS',
      billingAccount: '999',
      subAccount: '111',
      service: 'EC2',
      serviceCategory: 'Compute',
      region: 'us-east-1',
      resourceId,
      category: 'Usage',
      correction: false,
      frequency: 'Usage-Based',
      pricing: 'Standard',
      commitment: '',
      commitmentId: '',
      tags: {},
    },
    day: '2026-10-01',
    amounts: {
      billed: amount,
      effective: amount,
      list: amount,
      contracted: amount,
    },
  });
  return fold.empty();
}

it('outlives what is read more slowly than a transaction may be idle, which it may not be with a lock', async () => {
  const fence = Fence.create({ prefix: 'cost', task: 'cost-bill' });
  const limits: string[] = [];
  jest.spyOn(fence, 'guard').mockImplementation(async (tx: Knex) => {
    const { rows } = await tx.raw('SELECT current_setting(?) AS limit', [NAME]);
    limits.push(rows[0].limit);
    // A slow machine is not what is tested.
    await tx.raw("SELECT set_config(?, '0', true)", [NAME]);
  });
  const store = BillStore.create({
    knex: withStatementLimit(await postgres.migrated(), 60_000, {
      idleInTransactionMs: LIMIT_MS,
    }),
    fence,
  });
  async function* slowly() {
    for (const resourceId of ['i-1', 'i-2', 'i-3']) {
      await sleep(2 * LIMIT_MS);
      yield piece(resourceId);
    }
  }
  const october = { name: 'october', version: 'a' };
  expect(await store.replace('aws', october, slowly(), new Date(0))).toBe(3);
  expect(limits).toEqual(['1s']);
});

it('holds no transaction open before there is something to write, and ends what it reads', async () => {
  const knex = await postgres.migrated();
  const store = BillStore.create({
    knex,
    fence: Fence.create({ prefix: 'cost', task: 'cost-bill' }),
  });
  const open: number[] = [];
  let ended = false;
  async function* asked() {
    try {
      const { rows } = await knex.raw(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'`,
      );
      open.push(rows.length);
      yield piece('i-1');
      yield piece('i-2');
    } finally {
      ended = true;
    }
  }
  await knex.schema.dropTable('cost_bill_days');
  await expect(
    store.replace('aws', { name: 'a', version: 'a' }, asked(), new Date(0)),
  ).rejects.toThrow('cost_bill_days');
  expect(open).toEqual([0]);
  expect(ended).toBe(true);
});

it('notes by how much a month changes after it was over, and not how it grows', async () => {
  const knex = await postgres.migrated();
  const store = BillStore.create({
    knex,
    fence: Fence.create({ prefix: 'cost', task: 'cost-bill' }),
  });
  let version = 0;
  const read = async (cost: string, at: string, name = 'october') => {
    async function* pieces() {
      yield piece('i-1', cost);
    }
    version += 1;
    await store.replace(
      'aws',
      { name, version: String(version) },
      pieces(),
      new Date(at),
    );
  };
  const changes = async () =>
    (await readRestatements(knex, '2026-10-01')).map(({ at, billed }) => [
      at,
      decimalText(billed),
    ]);
  await read('1', '2026-10-20T00:00:00Z');
  await read('10', '2026-10-31T23:59:00Z');
  // The first time that all of it is read.
  await read('12', '2026-11-01T00:00:00Z');
  expect(await changes()).toEqual([]);
  await read('12', '2026-11-02T00:00:00Z');
  expect(await changes()).toEqual([]);
  await read('11.123456789', '2026-11-04T00:00:00Z');
  await read('11.5', '2026-11-06T00:00:00Z');
  // Another delivery is another matter.
  await read('3', '2026-11-06T00:00:00Z', 'more');
  expect(await changes()).toEqual([
    ['2026-11-06T00:00:00.000Z', '0.376543211'],
    ['2026-11-04T00:00:00.000Z', '-0.876543211'],
  ]);
  await store.keepOnly(['aws']);
  expect(await changes()).toHaveLength(2);
  await store.keepOnly([]);
  expect(await changes()).toEqual([]);
});
