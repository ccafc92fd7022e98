import { AdviceDecision } from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import {
  createAdviceJob,
  OVERSIZED,
  seedContainer,
  storeDigest,
  storeInventory,
} from '../../__testUtils__/advice';
import { TestPostgres } from '../../__testUtils__/database';
import { digestOfDay } from '@headroom/plugin-cost-common/testUtils';
import { AdviceReportStore } from '../../database/AdviceReportStore';
import { AdviceDecisionStore } from '../../database/AdviceDecisionStore';
import { INTERNAL } from '../../database/scope';

jest.setTimeout(60_000);

const postgres = TestPostgres.create();
const WEB = { namespace: 'shop', kind: 'Deployment', name: 'web' };
const NOW = '2026-02-01T10:00:00.000Z';
const LATER = '2026-02-01T12:00:00.000Z';
const signal = new AbortController().signal;

let knex: Knex;
let id: number;

beforeEach(async () => {
  knex = await postgres.migrated();
  id = await seedContainer(knex, {
    ...WEB,
    days: 21,
    lastDay: '2026-01-31',
    usage: OVERSIZED,
  });
  await storeInventory(knex, [WEB], { readAt: NOW });
  await createAdviceJob({ knex, now: NOW }).runIfDue(signal);
});

async function decide(change: Partial<AdviceDecision> = {}) {
  const decided = await AdviceDecisionStore.create({
    knex,
    scope: INTERNAL,
  }).decide(id, {
    state: 'dismissed',
    reason: 'we know',
    by: 'user:default/ann',
    at: NOW,
    ...change,
  });
  expect(decided).toBe(true);
}

async function inForce(now: string): Promise<AdviceDecision | undefined> {
  const found = await AdviceReportStore.create({
    knex,
    scope: INTERNAL,
  }).detail(id, new Date(now));
  return found?.row.decision;
}

/** Uses that many cores on the last day. */
async function use(cores: number) {
  const { cluster_id: clusterId } = await knex('cost_containers').first();
  await storeDigest(knex, {
    id,
    clusterId,
    day: '2026-01-31',
    digest: digestOfDay({
      ...OVERSIZED,
      start: '2026-01-31T00:00:00.000Z',
      cpuCores: () => cores,
    }),
  });
  expect(await createAdviceJob({ knex, now: LATER }).runIfDue(signal)).toBe(
    true,
  );
}

describe('a decision', () => {
  it('stays while the evidence does, and replaces the one before', async () => {
    await decide();
    await decide({ reason: 'still so', by: 'user:default/bob' });
    expect(await inForce(NOW)).toEqual({
      state: 'dismissed',
      reason: 'still so',
      by: 'user:default/bob',
      at: NOW,
    });
    await use(0.1); // below every other day: nothing to advise differently
    expect(await inForce('2027-01-01T00:00:00.000Z')).toMatchObject({
      reason: 'still so',
    });
  });

  it('ends when the evidence changes', async () => {
    await decide();
    await use(0.8);
    expect(await inForce(LATER)).toBeUndefined();
  });

  it('to snooze ends with its time', async () => {
    await decide({ state: 'snoozed', until: '2026-02-08T00:00:00.000Z' });
    expect(await inForce('2026-02-07T23:59:59.000Z')).toMatchObject({
      state: 'snoozed',
      until: '2026-02-08T00:00:00.000Z',
    });
    expect(await inForce('2026-02-08T00:00:00.000Z')).toBeUndefined();
  });

  it('is on advice there is', async () => {
    const store = AdviceDecisionStore.create({ knex, scope: INTERNAL });
    const decision = {
      state: 'dismissed' as const,
      reason: 'x',
      by: 'user:default/ann',
      at: NOW,
    };
    expect(await store.decide(id + 1, decision)).toBe(false);
    expect(await store.undecide(id)).toBe(false);
    await decide();
    expect(await store.undecide(id)).toBe(true);
    expect(await inForce(NOW)).toBeUndefined();
  });
});
