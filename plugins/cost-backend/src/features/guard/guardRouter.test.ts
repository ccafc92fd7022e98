import { mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { addDays } from '@headroom/common';
import {
  costBudgetWritePermission,
  costReadPermission,
  GuardReport,
  GuardRequestInput,
} from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import {
  CostBackendOptions,
  startCostBackend,
} from '../../__testUtils__/backend';
import { seedCosts } from '../../__testUtils__/budgetCosts';
import { TestPostgres } from '../../__testUtils__/database';
import { storedEntity, storeEntities } from '../../__testUtils__/ingest';
import {
  costConditions,
  createCostConditionalDecision,
} from '../../core/permissions/conditions';
import { BudgetCostStore } from '../../database/budgets/BudgetCostStore';

jest.setTimeout(180_000);

const postgres = TestPostgres.create();
const TODAY = new Date().toISOString().slice(0, 10);
const WEB = 'component:default/web';
const SHOP = 'group:default/shop';
const COMPANY = 'group:default/company';
const CONFIG = {
  prices: {
    unitPrices: {
      'on-demand': { cpuCoreHour: 0.04, memoryGibHour: 0.005 },
    },
  },
};

const ownedBy = (...claims: string[]) =>
  createCostConditionalDecision(
    costReadPermission,
    costConditions.isOwner({ claims }),
  );

let knex: Knex;

beforeEach(async () => {
  knex = await postgres.migrated();
  await storeEntities(
    knex,
    [
      storedEntity(),
      storedEntity({
        entityRef: 'component:default/pay',
        name: 'pay',
        ownerRefs: ['group:default/pay'],
      }),
      ...['shop', 'pay', 'company'].map(name =>
        storedEntity({
          entityRef: `group:default/${name}`,
          kind: 'group',
          name,
          ownerRefs: [`group:default/${name}`],
          annotations: {},
        }),
      ),
    ],
    ['shop', 'pay'].map(name => ({
      group: `group:default/${name}`,
      parent: COMPANY,
    })),
  );
  await seedCosts(knex, [
    {
      name: 'web',
      entityRef: WEB,
      from: addDays(TODAY, -40),
      to: TODAY,
      dollars: 1,
    },
  ]);
  await BudgetCostStore.create({ knex, timezone: 'UTC' }).noteOwners();
});

const deployment = (replicas: number) => ({
  files: [
    {
      path: 'web.yaml',
      text: JSON.stringify({
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'web', namespace: 'shop' },
        spec: {
          replicas,
          template: {
            spec: {
              containers: [
                {
                  name: 'app',
                  resources: { requests: { cpu: '500m', memory: '1Gi' } },
                },
              ],
            },
          },
        },
      }),
    },
  ],
});

/** A replica more, for 18.25 a month. */
const CHANGE = {
  cluster: 'c1',
  before: deployment(2),
  after: deployment(3),
};

async function budget(
  id: string,
  entityRef: string,
  amount: string,
  title: string,
) {
  const agent = await startCostBackend({ knex });
  const { status } = await agent
    .put(`/api/cost/v1/budgets/0f9f8d4e-1c39-4b5b-9a39-0d1c8cf0a00${id}`)
    .send({
      budget: {
        title,
        scope: {
          type: entityRef.startsWith('group') ? 'group' : 'service',
          entityRef,
        },
        period: { type: 'month' },
        amount,
        currency: 'USD',
      },
    });
  expect(status).toBe(200);
}

async function ask(
  body: Partial<GuardRequestInput> | object,
  options: Omit<CostBackendOptions, 'knex'> = {},
): Promise<{ status: number; body: GuardReport; message?: string }> {
  const agent = await startCostBackend({ knex, config: CONFIG, ...options });
  const answer = await agent.post('/api/cost/v1/guard').send(body);
  return {
    status: answer.status,
    body: answer.body,
    message: answer.body.error?.message,
  };
}

describe('POST /v1/guard', () => {
  it('says what a change of manifests costs, and judges it', async () => {
    const { status, body } = await ask({
      manifests: CHANGE,
      policy: { deny: { increase: '18.24' } },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      verdict: 'deny',
      currency: 'USD',
      before: { monthly: { max: '36500000' }, complete: true },
      difference: { monthly: { min: '18250000', max: '18250000' } },
      rows: [{ name: 'Deployment shop/web', status: 'changed' }],
      budgetUnknown: { message: 'nobody said whose it is.' },
    });
  });

  it('does not know what could not be read', async () => {
    const { body } = await ask({
      manifests: {
        ...CHANGE,
        after: {
          ...deployment(3),
          unread: [{ file: 'chart/a.yaml', why: 'It is a template.' }],
        },
      },
    });
    expect(body).toMatchObject({ verdict: 'unknown', unknownCount: 1 });
  });

  it.each([
    ['a', 'a', 'ok'],
    ['a', 'b', 'unknown'],
    [undefined, undefined, 'unknown'],
  ])(
    'of files that could not be read, %s before and %s after, is %s',
    async (before, after, verdict) => {
      const side = (content?: string) => ({
        files: [],
        unread: [{ file: 'a.yaml', why: 'It is a template.', content }],
      });
      const { body } = await ask({
        manifests: { cluster: 'c1', before: side(before), after: side(after) },
      });
      expect(body.verdict).toBe(verdict);
    },
  );

  it('judges the JSON of Infracost', async () => {
    const { body } = await ask({
      infracost: {
        currency: 'USD',
        totalMonthlyCost: '30',
        pastTotalMonthlyCost: '10',
        diffTotalMonthlyCost: '20',
      },
      policy: { warn: { percent: 100 } },
    });
    expect(body).toMatchObject({ verdict: 'warn', source: 'infracost' });
  });

  it('judges by the budget with least room, of the service, its owner, and those above', async () => {
    await budget('1', COMPANY, '100000', 'The company');
    await budget('2', SHOP, '10', 'The shop');
    await budget('3', 'group:default/pay', '1', 'Not ours');
    const request = {
      manifests: CHANGE,
      policy: { deny: { budget: true } },
    };
    const { body } = await ask({ ...request, entityRef: WEB });
    expect(body).toMatchObject({
      verdict: 'deny',
      budget: {
        title: 'The shop',
        limit: '10000000',
        months: 1,
        atMost: false,
      },
      rules: [{ rule: 'budget', state: 'broken' }],
    });
    const { limit, forecast, spent, left } = body.budget!;
    expect(BigInt(left)).toBe(BigInt(limit) - BigInt(forecast ?? spent));
    // A group that will own something is asked for by itself.
    const group = await ask({ ...request, entityRef: COMPANY });
    expect(group.body).toMatchObject({
      verdict: 'ok',
      budget: { title: 'The company' },
    });
    const none = await ask({ ...request, entityRef: 'user:default/ada' });
    expect(none.body).toMatchObject({ verdict: 'unknown' });
    expect(none.body.budgetUnknown?.message).toContain('not in the catalog');
  });

  it('tells nobody of a budget what they may not see', async () => {
    await budget('1', COMPANY, '100000', 'The company');
    const request = {
      manifests: CHANGE,
      policy: { deny: { budget: true } },
      entityRef: 'component:default/pay',
    };
    const { body } = await ask(request, { decision: ownedBy(SHOP) });
    expect(body.budget).toBeUndefined();
    expect(JSON.stringify(body)).not.toMatch(/The company|100000/);
    expect(body).toMatchObject({
      verdict: 'unknown',
      budgetUnknown: { message: expect.stringContaining('may not see') },
    });
    await knex('cost_budgets').delete();
    const none = await ask({ ...request, entityRef: WEB });
    expect(none.body).toMatchObject({
      verdict: 'ok',
      rules: [{ state: 'skipped' }],
    });
  });

  it('lets a change pass that somebody who may lets pass, and records who', async () => {
    const auditor = mockServices.auditor.mock();
    const success = jest.fn();
    const fail = jest.fn();
    auditor.createEvent.mockImplementation(async () => ({ success, fail }));
    const agent = await startCostBackend({ knex, auditor: auditor.factory });
    const url = '/api/cost/v1/guard/overrides';
    const override = {
      entityRef: WEB,
      change: 'github.com/acme/web/pull/12',
      reason: 'The sale begins on Friday.',
      until: new Date(Date.now() + 86_400_000).toISOString(),
    };
    const { body: saved } = await agent.post(url).send(override);
    expect(saved).toEqual({ ...override, person: 'user:default/mock' });
    for (const wrong of [
      { until: new Date(Date.now() - 1000).toISOString() },
      { until: new Date(Date.now() + 91 * 86_400_000).toISOString() },
      { until: 'tomorrow' },
      { reason: ' ' },
    ]) {
      const { status } = await agent.post(url).send({ ...override, ...wrong });
      expect(status).toBe(400);
    }
    expect(auditor.createEvent).toHaveBeenCalledTimes(5);
    expect(success).toHaveBeenCalledTimes(1);
    expect(fail).toHaveBeenCalledTimes(4);

    const request = {
      manifests: CHANGE,
      policy: { deny: { increase: '1' } },
      entityRef: WEB,
      change: override.change,
    };
    const passed = await ask(request);
    expect(passed.body).toMatchObject({
      verdict: 'warn',
      overridden: 'deny',
      override: { person: 'user:default/mock', counts: true },
    });
    const other = await ask({
      ...request,
      change: 'github.com/acme/web/pull/13',
    });
    expect(other.body.verdict).toBe('deny');
    await knex('cost_guard_overrides').update({ expires_at: '2026-01-01' });
    const over = await ask(request);
    expect(over.body).toMatchObject({
      verdict: 'deny',
      override: { counts: false },
    });
  });

  it('is passed by nobody who may not budget it, and tells no others of it', async () => {
    const agent = await startCostBackend({
      knex,
      decisions: {
        [costBudgetWritePermission.name]: createCostConditionalDecision(
          costBudgetWritePermission,
          costConditions.isOwner({ claims: ['group:default/pay'] }),
        ),
      },
    });
    const { status } = await agent.post('/api/cost/v1/guard/overrides').send({
      entityRef: WEB,
      change: '12',
      reason: 'Because.',
      until: new Date(Date.now() + 86_400_000).toISOString(),
    });
    expect(status).toBe(403);
    expect(await knex('cost_guard_overrides')).toEqual([]);
    await knex('cost_guard_overrides').insert({
      entity_ref: WEB,
      change_name: '12',
      person: 'user:default/ada',
      reason: 'A secret.',
      made_at: new Date(),
      expires_at: new Date(Date.now() + 86_400_000),
    });
    const { body } = await ask(
      {
        manifests: CHANGE,
        policy: { deny: { increase: '1' } },
        entityRef: WEB,
        change: '12',
      },
      { decision: ownedBy('group:default/pay') },
    );
    expect(body.verdict).toBe('deny');
    expect(JSON.stringify(body)).not.toContain('A secret.');
  });

  it('is for who may see costs', async () => {
    const { status } = await ask(
      { manifests: CHANGE },
      { decision: { result: AuthorizeResult.DENY } },
    );
    expect(status).toBe(403);
  });

  it.each([
    [{}, /manifests must be there/],
    [{ manifests: CHANGE, infracost: {} }, /not both/],
    [{ manifests: { ...CHANGE, cluster: 'moon' } }, /cluster is "moon".*c1/],
    [{ manifests: CHANGE, currency: 'XXX' }, /currency is "XXX"/],
    [{ manifests: CHANGE, entityRef: ':' }, /entityRef is ":"/],
    [{ manifests: CHANGE, entityRef: 'bad::ref' }, /entityRef is "bad::ref"/],
    [{ manifests: CHANGE, policy: { warn: { percent: -1 } } }, /at least 0/],
    [{ infracost: { totalMonthlyCost: 4 } }, /totalMonthlyCost/],
    [{ manifests: { ...CHANGE, after: { files: [{ path: 'a' }] } } }, /text/],
  ])('refuses what is no question (%#)', async (body, why) => {
    const { status, message } = await ask(body);
    expect([status, message]).toEqual([400, expect.stringMatching(why)]);
  });

  it('refuses what is larger than a change', async () => {
    const { status } = await ask({
      manifests: {
        cluster: 'c1',
        after: {
          files: [1, 2, 3].map(n => ({
            path: `${n}.yaml`,
            text: 'x'.repeat(500_000),
          })),
        },
      },
    });
    expect(status).toBe(413);
  });
});
