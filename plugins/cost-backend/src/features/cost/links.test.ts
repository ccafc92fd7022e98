import { mockCredentials } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import { costReadPermission } from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { OVERSIZED, seedContainer } from '../../__testUtils__/advice';
import { startCostBackend } from '../../__testUtils__/backend';
import { TestPostgres } from '../../__testUtils__/database';
import { storedEntity, storeEntities } from '../../__testUtils__/ingest';
import {
  costConditions,
  createCostConditionalDecision,
} from '../../core/permissions/conditions';
import { ScopedStores } from '../../database/ScopedStores';
import { INTERNAL } from '../../database/scope';
import { linksPage } from './links';

jest.setTimeout(60_000);

const postgres = TestPostgres.create();
const WEB = 'component:default/web';
const API = 'component:default/api';

let knex: Knex;

beforeAll(async () => {
  knex = await postgres.migrated();
  await storeEntities(knex, [
    storedEntity(),
    storedEntity({ entityRef: API, name: 'api' }),
  ]);
  const of = (name: string, container: string, entityRef?: string) =>
    seedContainer(knex, {
      namespace: 'shop',
      kind: 'Deployment',
      name,
      container,
      entityRef,
      days: 0,
      lastDay: '2026-11-01',
      usage: OVERSIZED,
    });
  await of('web', 'app', WEB);
  await of('web', 'proxy', WEB);
  await of('api', 'app', API);
  await of('torn', 'app', WEB);
  await of('torn', 'proxy', API);
  await of('nobodys', 'app');
});

describe('links of workloads', () => {
  it('are told to another back end, each workload once, and what is several services’ or nobody’s not', async () => {
    const api = await startCostBackend({ knex });
    const { status, body } = await api
      .get('/api/cost/v1/links')
      .set('Authorization', mockCredentials.service.header());
    expect([status, body]).toEqual([
      200,
      {
        links: [
          ['api', API],
          ['web', WEB],
        ].map(([name, entityRef]) => ({
          cluster: 'c1',
          namespace: 'shop',
          kind: 'Deployment',
          name,
          entityRef,
          provenance: 'annotation',
        })),
      },
    ]);
  });

  it('come in pages', async () => {
    const stores = ScopedStores.create({ knex, scope: INTERNAL });
    const first = await linksPage(stores, {}, 1);
    expect(first.links.map(({ name }) => name)).toEqual(['api']);
    const second = await linksPage(stores, { cursor: first.cursor }, 1);
    expect(second.links.map(({ name }) => name)).toEqual(['web']);
    expect(await linksPage(stores, { cursor: second.cursor }, 1)).toEqual({
      links: [],
    });
  });

  it('are not for who may see some costs or none', async () => {
    for (const decision of [
      createCostConditionalDecision(
        costReadPermission,
        costConditions.isOwner({ claims: ['group:default/shop'] }),
      ),
      { result: AuthorizeResult.DENY } as PolicyDecision,
    ]) {
      const api = await startCostBackend({ knex, decision });
      const { status, body } = await api.get('/api/cost/v1/links');
      expect([status, body.error.name]).toEqual([403, 'NotAllowedError']);
    }
  });

  it('refuse a cursor of no page', async () => {
    const api = await startCostBackend({ knex });
    const { status, body } = await api.get('/api/cost/v1/links?cursor=x');
    expect([status, body.error.message]).toEqual([
      400,
      'cursor is "x"; it must be the cursor of the page before',
    ]);
  });
});
