import fc from 'fast-check';
import { addDays } from '@headroom/common';
import { Fence, inSnapshot } from '@headroom/node';
import { BudgetScope, budgetScopeKey } from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { restate, seedCosts } from '../../__testUtils__/budgetCosts';
import { TestPostgres } from '../../__testUtils__/database';
import { storedEntity, storeEntities } from '../../__testUtils__/ingest';
import { BudgetCostStore } from '../../database/budgets/BudgetCostStore';
import { ScopeQuestion } from '../../database/budgets/budgetParts';
import { ScopeDay, unpackDays } from '../../database/budgets/scopeDays';
import { RememberedCosts } from './RememberedCosts';

jest.setTimeout(300_000);

const postgres = TestPostgres.create();
const FIRST = '2026-05-01';
const DAYS = 60;
const WEB = 'component:default/web';
const API = 'component:default/api';
const day = (index: number) => addDays(FIRST, index);

const SCOPES: BudgetScope[] = [
  { type: 'service', entityRef: WEB },
  { type: 'service', entityRef: API },
  { type: 'group', entityRef: 'group:default/shop' },
  { type: 'group', entityRef: 'group:default/nobody' },
  { type: 'namespace', namespace: 'shop' },
  { type: 'cluster', cluster: 'c1' },
  { type: 'cluster', cluster: 'c2' },
  { type: 'label', label: 'tier', value: 'gold' },
];

async function setUp() {
  const knex = await postgres.migrated();
  await storeEntities(knex, [
    storedEntity({ ownerRefs: ['group:default/shop'] }),
    storedEntity({
      entityRef: API,
      name: 'api',
      ownerRefs: ['group:default/shop'],
      annotations: {},
    }),
  ]);
  const at = { from: FIRST, to: day(DAYS) };
  const ids = await seedCosts(knex, [
    { ...at, name: 'web', entityRef: WEB, dollars: 10, sharedDollars: 1 },
    {
      ...at,
      name: 'api',
      entityRef: API,
      dollars: 5,
      labels: { tier: 'gold' },
    },
    { ...at, name: 'idle', namespace: '', bucket: 'idle', dollars: 3 },
    { ...at, name: 'far', cluster: 'c2', dollars: 7, labels: { tier: 'gold' } },
  ]);
  const costs = BudgetCostStore.create({ knex, timezone: 'UTC' });
  await costs.noteOwners();
  const remembered = () =>
    // Another process each time: nothing is known but what is kept.
    RememberedCosts.create({
      knex,
      costs,
      timezone: 'UTC',
      fence: Fence.create({ prefix: 'cost', task: 'cost-budgets' }),
    });
  const page = (questions: readonly ScopeQuestion[]) =>
    inSnapshot(knex, tx =>
      BudgetCostStore.create({
        knex: tx,
        timezone: 'UTC',
        inSnapshot: true,
      }).days(questions),
    );
  return { knex, ids, costs, remembered, page };
}

function sorted(all: ScopeDay[][]): string[][] {
  return all.map(days =>
    days.map(each => `${each.day} ${each.own} ${each.shared}`).sort(),
  );
}

/** How many rows the heavy queries read of. */
async function summedBy(knex: Knex, work: () => Promise<unknown>) {
  const asked: string[] = [];
  const note = ({ sql }: { sql: string }) => asked.push(sql);
  knex.on('query', note);
  await work();
  knex.removeListener('query', note);
  return asked.filter(sql => sql.includes('JOIN cost_days')).length;
}

const ask = (scopes: BudgetScope[], from = FIRST): ScopeQuestion[] =>
  scopes.map(scope => ({ scope, readFrom: from }));

const rolled = (knex: Knex, where: object) =>
  knex('cost_cluster_days')
    .where(where)
    .update({ rolled: knex.raw('gen_random_uuid()') });

it('sums nothing again where nothing is new', async () => {
  const { knex, costs, remembered } = await setUp();
  const questions = ask(SCOPES);
  const first = await remembered().days(questions);
  expect(sorted(first)).toEqual(sorted(await costs.days(questions)));
  expect(await summedBy(knex, () => remembered().days(questions))).toBe(0);
  expect(sorted(await remembered().days(questions))).toEqual(sorted(first));
});

it('names the clusters of what was asked', async () => {
  const { costs, remembered } = await setUp();
  const questions = ask(SCOPES);
  const both = remembered();
  await both.days(questions);
  expect(await both.clusters(questions)).toEqual(
    await costs.clusters(questions),
  );
});

it('keeps the days that pages ask for beside those of the evaluation', async () => {
  const { knex, costs, remembered, page } = await setUp();
  const from = (first: number) => ask(SCOPES, day(first));
  const keeping = (first: number, keep: number) =>
    from(first).map(each => ({ ...each, keepFrom: day(keep) }));
  const kept = async () => {
    const row = await knex('cost_budget_days')
      .where({ scope: budgetScopeKey(SCOPES[0]) })
      .first(
        knex.raw('read_from::text AS "readFrom"'),
        knex.raw('older_before::text AS "olderBefore"'),
        'newest_first',
        'older',
      );
    const count = (text: string) => unpackDays(text).length;
    const { newest_first: newest, older, ...rest } = row;
    return { ...rest, newest: count(newest), older: count(older) };
  };
  const again = async (questions: ScopeQuestion[]) => {
    await rolled(knex, { day: day(DAYS - 1) });
    expect(sorted(await remembered().days(questions))).toEqual(
      sorted(await costs.days(questions)),
    );
  };

  await again(keeping(10, 5));
  expect(await kept()).toEqual({
    readFrom: day(5),
    olderBefore: day(10),
    newest: DAYS - 10,
    older: 5,
  });
  const whole = sorted(await costs.days(from(5)));
  let found: string[][] = [];
  const sums = await summedBy(knex, async () => {
    found = sorted(await page(from(5)));
  });
  expect(found).toEqual(whole);
  expect(sums).toBe(0);
  // Only the days before those that are kept.
  expect(sorted(await page(from(2)))).toEqual(
    sorted(await costs.days(from(2))),
  );

  // As time goes on: the older ones stay as they are, until there are many of them.
  await again(keeping(50, 7));
  expect(await kept()).toEqual({
    readFrom: day(5),
    olderBefore: day(10),
    newest: DAYS - 10,
    older: 5,
  });
  await again(keeping(51, 8));
  expect(await kept()).toEqual({
    readFrom: day(8),
    olderBefore: day(51),
    newest: DAYS - 51,
    older: 51 - 8,
  });
  expect(sorted(await page(from(5)))).toEqual(whole);
  // A day of the older ones is another.
  await rolled(knex, { day: day(20) });
  await again(keeping(52, 8));
  expect(sorted(await page(from(5)))).toEqual(whole);
});

it('keeps nothing of what is not asked for any more', async () => {
  const { knex, remembered } = await setUp();
  await remembered().days(ask(SCOPES));
  await remembered().days(ask(SCOPES.slice(0, 2)));
  expect(await knex('cost_budget_days').pluck('scope')).toHaveLength(2);
});

/** What may happen between two evaluations. */
type Step = (world: Awaited<ReturnType<typeof setUp>>) => Promise<unknown>;

const step = fc.oneof(
  fc.record({ id: fc.nat(3), dollars: fc.integer({ min: -5, max: 50 }) }).map(
    ({ id, dollars }): Step =>
      ({ knex, ids }) =>
        restate(knex, ids[id], dollars),
  ),
  // One day alone is summed again.
  fc
    .record({ id: fc.nat(3), at: fc.nat(DAYS - 1), micros: fc.nat(1_000_000) })
    .map(
      ({ id, at, micros }): Step =>
        async ({ knex, ids }) => {
          const { cluster_id } = await knex('cost_containers')
            .where({ id: ids[id] })
            .first('cluster_id');
          const where = { cluster_id, day: day(at) };
          await knex('cost_days')
            .where({ ...where, container_id: ids[id] })
            .update({ cpu_micros: micros });
          await rolled(knex, where);
        },
    ),
  // A day is gone with all that is known of it.
  fc.nat(DAYS - 1).map(
    (at): Step =>
      async ({ knex }) => {
        await knex('cost_days')
          .where({ day: day(at) })
          .delete();
        await knex('cost_cluster_days')
          .where({ day: day(at) })
          .delete();
      },
  ),
  fc.record({ id: fc.nat(3), to: fc.constantFrom(WEB, API, undefined) }).map(
    ({ id, to }): Step =>
      async ({ knex, ids }) => {
        await knex('cost_links').where({ container_id: ids[id] }).delete();
        if (to) {
          await knex.raw(
            `INSERT INTO cost_links (container_id, entity_id, provenance, detail)
           SELECT ?, id, 'annotation', 'test' FROM cost_entities WHERE entity_ref = ?`,
            [ids[id], to],
          );
        }
      },
  ),
  fc
    .record({ at: fc.nat(DAYS - 1), owner: fc.constantFrom('shop', 'nobody') })
    .map(
      ({ at, owner }): Step =>
        async ({ knex }) => {
          await knex.raw(
            `INSERT INTO cost_owner_history (entity_id, since, owner_refs)
         SELECT id, ?::timestamptz, ARRAY[?] FROM cost_entities WHERE entity_ref = ?
         ON CONFLICT (entity_id, since) DO UPDATE SET owner_refs = excluded.owner_refs`,
            [`${day(at)}T00:00:00Z`, `group:default/${owner}`, WEB],
          );
        },
    ),
  fc.constantFrom('gold', 'silver').map(
    (tier): Step =>
      async ({ knex, ids }) => {
        await knex('cost_containers')
          .where({ id: ids[0] })
          .update({ labels: JSON.stringify({ tier }) });
      },
  ),
  fc.integer({ min: 1, max: 9 }).map(
    (dollars): Step =>
      async world => {
        const [id] = await seedCosts(world.knex, [
          {
            name: `new-${world.ids.length}`,
            from: day(9),
            to: day(20),
            dollars,
          },
        ]);
        world.ids.push(id);
        await world.knex('cost_cluster_days').update({
          rolled: world.knex.raw('gen_random_uuid()'),
        });
      },
  ),
);

const asked = fc
  .tuple(
    fc.subarray(SCOPES, { minLength: 1 }),
    fc.array(fc.nat(DAYS)),
    fc.array(fc.nat(DAYS)),
  )
  .map(([scopes, from, kept]) =>
    scopes.map((scope, index) => ({
      scope,
      readFrom: day(from[index] ?? 0),
      ...(kept[index] !== undefined && { keepFrom: day(kept[index]) }),
    })),
  );

it('says the same as summing everything, whatever happens in between', async () => {
  const world = await setUp();
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 3 }),
      asked,
      asked,
      async (steps, questions, ofPage) => {
        for (const each of steps) {
          await each(world);
        }
        // Before and after an evaluation.
        const whole = sorted(await world.costs.days(ofPage));
        expect(sorted(await world.page(ofPage))).toEqual(whole);
        expect(sorted(await world.remembered().days(questions))).toEqual(
          sorted(await world.costs.days(questions)),
        );
        expect(sorted(await world.page(ofPage))).toEqual(whole);
      },
    ),
    { numRuns: 60, endOnFailure: true },
  );
});
