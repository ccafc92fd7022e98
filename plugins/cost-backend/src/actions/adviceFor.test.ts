import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { DAY_MS } from '@headroom/common';
import { costReadPermission } from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import {
  createAdviceJob,
  OVERSIZED,
  seedContainer,
  storeInventory,
} from '../__testUtils__/advice';
import { connectAssistant } from '../__testUtils__/assistant';
import { startCostBackend } from '../__testUtils__/backend';
import { TestPostgres } from '../__testUtils__/database';
import { storedEntity, storeEntities } from '../__testUtils__/ingest';
import {
  costConditions,
  createCostConditionalDecision,
} from '../core/permissions/conditions';

jest.setTimeout(180_000);

const postgres = TestPostgres.create();
const NOW = new Date().toISOString();
const LAST_DAY = new Date(Date.now() - DAY_MS).toISOString().slice(0, 10);
const WEB = 'component:default/web';
const API = 'component:default/api';
const ONLY_SHOP = {
  [costReadPermission.name]: createCostConditionalDecision(
    costReadPermission,
    costConditions.isOwner({ claims: ['group:default/shop'] }),
  ),
};

let knex: Knex;

beforeAll(async () => {
  knex = await postgres.migrated();
  await storeEntities(knex, [
    storedEntity(),
    storedEntity({
      entityRef: API,
      name: 'api',
      ownerRefs: ['group:default/platform'],
    }),
    storedEntity({ entityRef: 'component:default/nothing', name: 'nothing' }),
    ...['shop', 'platform'].map(name =>
      storedEntity({
        entityRef: `group:default/${name}`,
        kind: 'group',
        name,
        ownerRefs: [`group:default/${name}`],
        annotations: {},
      }),
    ),
  ]);
  for (const name of ['web', 'api']) {
    await seedContainer(knex, {
      namespace: 'shop',
      kind: 'Deployment',
      name,
      entityRef: `component:default/${name}`,
      days: 21,
      lastDay: LAST_DAY,
      usage: OVERSIZED,
    });
  }
  await storeInventory(knex, [], {
    readAt: NOW,
    workloads: ['web', 'api'].map(name => ({
      namespace: 'shop',
      kind: 'Deployment',
      name,
      uid: name,
      containers: [{ name: 'app', role: 'main', spec: {} }],
    })),
  });
});

describe('the tool advice-for', () => {
  it('says that what could be saved is not known before it is computed, then what the page says', async () => {
    const { call } = await connectAssistant({ knex });
    const before = (await call('advice-for', { entityRef: WEB })).output;
    expect(before.savingPerMonth).toBeUndefined();
    expect(before.notes).toContain(
      'No advice has been computed yet, so what could be saved is not known.',
    );

    await createAdviceJob({ knex, now: NOW }).runIfDue(
      new AbortController().signal,
    );
    const { output } = await call('advice-for', { entityRef: WEB });
    const api = await startCostBackend({ knex });
    const { body } = await api.get(
      '/api/cost/v1/services/component/default/web/advice',
    );
    const [row] = body.rows;
    expect(row.status).toBe('change');
    expect(output).toMatchObject({
      of: WEB,
      measured: body.window,
      containers: { change: 1, keep: 0, withheld: 0 },
      rowsLeftOut: 0,
      rows: [
        {
          container: 'app',
          workload: 'Deployment web',
          namespace: 'shop',
          cluster: 'c1',
          service: WEB,
          status: 'change',
          cpuCores: { request: 1, proposedRequest: row.cpu.proposedRequest },
          memoryBytes: {
            request: 2 * 2 ** 30,
            proposedRequest: row.memory.proposedRequest,
          },
        },
      ],
    });
    const { amount, currency } = output.savingPerMonth.atListPrices;
    expect(amount.replace('.', '').replace(/^0+/, '')).toBe(
      body.totals.listSaving,
    );
    expect(currency).toBe('USD');
  });

  it('counts what it leaves out, of a team and of everything', async () => {
    const { call } = await connectAssistant({ knex });
    const all = (await call('advice-for', { limit: '1' })).output;
    expect(all.rows).toHaveLength(1);
    expect(all.rowsLeftOut).toBe(1);
    const team = (
      await call('advice-for', { entityRef: 'group:default/platform' })
    ).output;
    expect(team.rows.map(({ service }: any) => service)).toEqual([API]);
    const none = await call('advice-for', { entityRef: 'group:default/none' });
    expect(none.error).toMatch(/^NotFoundError: group:default\/none/);
    const unlinked = (
      await call('advice-for', { entityRef: 'component:default/nothing' })
    ).output;
    expect(unlinked.savingPerMonth).toBeUndefined();
    expect(unlinked.notes).toContain(
      'No workload is linked to it, so there is nothing to give advice on.',
    );
  });

  it('tells everybody only of what they may see', async () => {
    const shop = await connectAssistant({ knex, decisions: ONLY_SHOP });
    for (const entityRef of [API, 'group:default/platform']) {
      expect((await shop.call('advice-for', { entityRef })).error).toMatch(
        /^NotAllowedError: /,
      );
    }
    const { output } = await shop.call('advice-for', {});
    expect(output.rows.map(({ service }: any) => service)).toEqual([WEB]);
    expect(output.notes).toContain(
      'You may see only part of it; the amounts are of that part.',
    );
    const nobody = await connectAssistant({
      knex,
      decision: { result: AuthorizeResult.DENY },
    });
    for (const input of [{}, { entityRef: WEB }, { entityRef: 'x' }]) {
      expect((await nobody.call('advice-for', input)).error).toMatch(
        /^NotAllowedError: /,
      );
    }
  });
});
