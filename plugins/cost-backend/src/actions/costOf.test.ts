import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { addDays } from '@headroom/common';
import { costReadPermission } from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { connectAssistant } from '../__testUtils__/assistant';
import { startCostBackend } from '../__testUtils__/backend';
import { seedCosts } from '../__testUtils__/budgetCosts';
import { TestPostgres } from '../__testUtils__/database';
import { storedEntity, storeEntities } from '../__testUtils__/ingest';
import {
  costConditions,
  createCostConditionalDecision,
} from '../core/permissions/conditions';

jest.setTimeout(180_000);

const postgres = TestPostgres.create();
const TODAY = new Date().toISOString().slice(0, 10);
const ago = (days: number) => addDays(TODAY, -days);
const WEB = 'component:default/web';
const PAY = 'component:default/pay';
const SHOP = 'group:default/shop';
const WEEK = { from: ago(7), to: TODAY };
const dollars = (amount: string) => ({ amount, currency: 'USD' });
const ONLY_SHOP = {
  [costReadPermission.name]: createCostConditionalDecision(
    costReadPermission,
    costConditions.isOwner({ claims: [SHOP] }),
  ),
};

let knex: Knex;

beforeAll(async () => {
  knex = await postgres.migrated();
  await storeEntities(
    knex,
    [
      storedEntity(),
      storedEntity({
        entityRef: PAY,
        name: 'pay',
        ownerRefs: ['group:default/pay'],
      }),
      storedEntity({ entityRef: 'component:default/new', name: 'new' }),
      ...['shop', 'pay'].map(name =>
        storedEntity({
          entityRef: `group:default/${name}`,
          kind: 'group',
          name,
          ownerRefs: [`group:default/${name}`],
          annotations: {},
        }),
      ),
    ],
    [{ group: 'group:default/pay', parent: SHOP }],
  );
  const span = { from: ago(40), to: TODAY };
  await seedCosts(knex, [
    { name: 'web', entityRef: WEB, ...span, dollars: 10 },
    { name: 'worker', entityRef: WEB, ...span, dollars: 2.5 },
    { name: 'pay', entityRef: PAY, ...span, dollars: 5 },
    { name: 'pay-new', entityRef: PAY, from: ago(7), to: TODAY, dollars: 5 },
    { name: 'cron', ...span, dollars: 1 },
  ]);
});

describe('the tool cost-of', () => {
  it('is known to assistants as one that only looks', async () => {
    const { tools } = await connectAssistant({ knex });
    const all = await tools();
    expect(all.map(({ name }) => name).sort()).toEqual([
      'cost.advice-for',
      'cost.anomalies',
      'cost.budget-of',
      'cost.cost-of',
      'cost.what-if',
    ]);
    for (const { annotations, inputSchema, description } of all) {
      expect(annotations).toMatchObject({
        readOnlyHint: true,
        destructiveHint: false,
        idempotentHint: true,
      });
      expect(inputSchema).toMatchObject({
        type: 'object',
        additionalProperties: false,
      });
      expect(description!.length).toBeGreaterThan(100);
    }
    const costOf = all.find(({ name }) => name === 'cost.cost-of')!;
    expect(costOf.inputSchema.properties).toMatchObject({
      limit: { type: 'integer', minimum: 1, maximum: 50, default: 10 },
    });
    expect(costOf.inputSchema.required).toBeUndefined();
  });

  it('says of a service what the page says', async () => {
    const { call } = await connectAssistant({ knex });
    const { output } = await call('cost-of', { entityRef: WEB, ...WEEK });
    expect(output).toMatchObject({
      of: WEB,
      window: { start: ago(7), end: TODAY, timezone: 'UTC' },
      total: dollars('87.500000'),
      previous: { start: ago(14), end: ago(7), total: dollars('87.500000') },
      changePercent: 0,
      groupedBy: 'workload',
      rows: [
        { name: 'shop/web', kind: 'normal', total: dollars('70.000000') },
        { name: 'shop/worker', kind: 'normal', total: dollars('17.500000') },
      ],
    });
    const api = await startCostBackend({ knex });
    const { body } = await api
      .get('/api/cost/v1/services/component/default/web')
      .query(WEEK);
    expect(body.headline.total).toBe('87500000');
    expect(output.others).toBeUndefined();
  });

  it('takes a name, numbers as text, and sums what it leaves out', async () => {
    const { call } = await connectAssistant({ knex });
    const { output } = await call('cost-of', {
      entityRef: 'web',
      limit: '1',
      ...WEEK,
    });
    expect(output.rows).toHaveLength(1);
    expect(output.others).toEqual({ rows: 1, total: dollars('17.500000') });
  });

  it('says of a team what its services cost, and how much more', async () => {
    const { call } = await connectAssistant({ knex });
    const { output } = await call('cost-of', { entityRef: SHOP, ...WEEK });
    expect(output.total).toEqual(dollars('157.500000'));
    expect(output.rows).toMatchObject([
      { entityRef: WEB, changePercent: 0 },
      { entityRef: PAY, changePercent: 100 },
    ]);
    expect(output.notes.join(' ')).toMatch(
      /Nothing is allocated to 1 more that the team owns/,
    );
  });

  it('says of everything who spends it, nobody included', async () => {
    const { call } = await connectAssistant({ knex });
    const { output } = await call('cost-of', { groupBy: 'service', ...WEEK });
    expect(output.total).toEqual(dollars('164.500000'));
    expect(output.rows.map(({ kind }: { kind: string }) => kind)).toContain(
      'unallocated',
    );
  });

  it('says that a cost is not known, and none of zero', async () => {
    const { call } = await connectAssistant({ knex });
    const { output } = await call('cost-of', {
      entityRef: 'component:default/new',
      ...WEEK,
    });
    expect(output.total).toBeUndefined();
    expect(output.notes).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^What it costs is not known: no workload/),
      ]),
    );
    const old = await call('cost-of', {
      entityRef: WEB,
      from: ago(40),
      to: ago(33),
    });
    expect(old.output.total).toEqual(dollars('87.500000'));
    expect(old.output.previous.total).toBeUndefined();
    expect(old.output.changePercent).toBeUndefined();
    expect(old.output.notes.join(' ')).toMatch(
      /How much it changed is not known/,
    );
  });

  it('says what is wrong with what was asked', async () => {
    const { call } = await connectAssistant({ knex });
    const errorOf = async (input: object) =>
      (await call('cost-of', input as never)).error;
    expect(await errorOf({ entityRef: 'group:default/none' })).toMatch(
      /^NotFoundError: group:default\/none is not in the catalog/,
    );
    expect(await errorOf({ entityRef: '' })).toMatch(
      /^InputError: entityRef is .*it must be a reference/,
    );
    expect(await errorOf({ entityRef: WEB, groupBy: 'team' })).toMatch(
      /^InputError: groupBy is team; of this it must be one of workload/,
    );
    expect(await errorOf({ window: '14d' })).toMatch(
      /^InputError: Invalid input/,
    );
    expect(await errorOf({ limit: 'many' })).toMatch(
      /^InputError: Invalid input/,
    );
    expect(await errorOf({ wndow: '7d' })).toMatch(
      /^InputError: Invalid input/,
    );
    expect(await errorOf({ currency: 'XXX' })).toMatch(/^InputError: currency/);
  });

  it('tells nothing to who may see nothing, and only what is theirs to others', async () => {
    const nobody = await connectAssistant({
      knex,
      decision: { result: AuthorizeResult.DENY },
    });
    for (const input of [
      {},
      { entityRef: WEB },
      { entityRef: SHOP },
      { entityRef: 'component:default/none' },
    ]) {
      expect((await nobody.call('cost-of', input)).error).toMatch(
        /^NotAllowedError: /,
      );
    }
    const shop = await connectAssistant({ knex, decisions: ONLY_SHOP });
    expect((await shop.call('cost-of', { entityRef: PAY })).error).toMatch(
      /^NotAllowedError: /,
    );
    const { output } = await shop.call('cost-of', {
      ...WEEK,
      groupBy: 'service',
    });
    expect(output.total).toEqual(dollars('87.500000'));
    expect(JSON.stringify(output)).not.toContain('pay');
    expect(output.notes).toContain(
      'You may see only part of it; the amounts are of that part.',
    );
  });
});
