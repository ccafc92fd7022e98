import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { Knex } from 'knex';
import { TestPostgres } from '../../../__testUtils__/database';
import { FakeUsageSource } from '../../../__testUtils__/FakeUsageSource';
import { createIngest, runIngest } from '../../../__testUtils__/ingest';
import { EntityStore } from '../../../database/EntityStore';
import { EntitySync } from './EntitySync';

jest.setTimeout(60_000);

const postgres = TestPostgres.create();
const NOW = '2026-01-10T12:30:00.000Z';

const WEB: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'Web',
    namespace: 'shop',
    title: 'The web',
    annotations: { 'backstage.io/kubernetes-id': 'web', other: 'x' },
  },
  spec: { type: 'service' },
  relations: [
    { type: 'ownedBy', targetRef: 'group:shop/Frontend' },
    { type: 'partOf', targetRef: 'system:default/store' },
  ],
};

const FRONTEND: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name: 'frontend', namespace: 'shop' },
  relations: [{ type: 'childOf', targetRef: 'group:default/all' }],
};

const signal = new AbortController().signal;

/** @returns how many readings changed something. */
async function sync(knex: Knex, catalog: CatalogService | Entity[]) {
  let changes = 0;
  await EntitySync.create({
    catalog: Array.isArray(catalog)
      ? catalogServiceMock({ entities: catalog })
      : catalog,
    auth: mockServices.auth(),
    logger: mockServices.logger.mock(),
    store: EntityStore.create({ knex }),
    kinds: ['Component'],
    pauseMs: 1,
    onChanged: async () => {
      changes += 1;
    },
  }).run(signal);
  return changes;
}

describe('EntitySync', () => {
  it('copies what costs need', async () => {
    const knex = await postgres.migrated();
    expect(await sync(knex, [WEB, FRONTEND])).toBe(1);
    expect(await knex('cost_entities').orderBy('kind')).toMatchObject([
      {
        entity_ref: 'component:shop/web',
        title: 'The web',
        system_ref: 'system:default/store',
        owner_refs: ['group:shop/frontend'],
        annotations: { 'backstage.io/kubernetes-id': 'web' },
        vanished_at: null,
      },
      {
        entity_ref: 'group:shop/frontend',
        owner_refs: ['group:shop/frontend'],
      },
    ]);
    expect(await knex('cost_groups')).toEqual([
      { group_ref: 'group:shop/frontend', parent_ref: 'group:default/all' },
    ]);
    // The same again changes nothing, so nothing is linked again.
    expect(await sync(knex, [WEB, FRONTEND])).toBe(0);
  });

  it.each([
    ['empty', [] as Entity[]],
    [
      'failing',
      catalogServiceMock.mock({
        streamEntities: async function* pages() {
          yield [FRONTEND];
          throw new Error('gone half-way');
        },
      }),
    ],
  ])('keeps what it has when the catalog is %s', async (_, catalog) => {
    const knex = await postgres.migrated();
    await sync(knex, [WEB, FRONTEND]);
    await sync(knex, catalog).catch(() => undefined);
    const vanished = await knex('cost_entities').whereNotNull('vanished_at');
    expect(vanished).toEqual([]);
    expect(await knex('cost_groups')).toHaveLength(1);
  });

  it('reads a catalog that is still filling until it stays the same', async () => {
    const knex = await postgres.migrated();
    const pages = [[], [FRONTEND], [FRONTEND, WEB], [FRONTEND, WEB]];
    const catalog = catalogServiceMock.mock({
      streamEntities: async function* stream() {
        yield pages.shift() ?? [];
      },
    });
    expect(await sync(knex, catalog)).toBe(2);
    expect(pages).toEqual([]);
    expect(await knex('cost_entities').whereNull('vanished_at')).toHaveLength(
      2,
    );
  });

  it('keeps the history of a service that left, until someone else claims it', async () => {
    const knex = await postgres.migrated();
    await sync(knex, [WEB, FRONTEND]);
    const source = FakeUsageSource.create();
    await runIngest({ knex, source, now: NOW });
    const owner = async () => {
      await createIngest({ knex, source, now: NOW }).link(signal);
      const links = await knex('cost_links as l')
        .join('cost_entities as e', 'e.id', 'l.entity_id')
        .select('e.entity_ref', 'l.provenance', 'l.detail');
      return links;
    };
    expect(await owner()).toEqual([
      {
        entity_ref: 'component:shop/web',
        provenance: 'annotation',
        detail: 'backstage.io/kubernetes-id=web',
      },
    ]);

    await sync(knex, [FRONTEND]);
    expect(await owner()).toMatchObject([{ entity_ref: 'component:shop/web' }]);

    const heir = { ...WEB, metadata: { ...WEB.metadata, name: 'heir' } };
    await sync(knex, [heir, FRONTEND]);
    expect(await owner()).toMatchObject([
      { entity_ref: 'component:shop/heir' },
    ]);

    // It comes back: two claim the workload now, and the first name wins.
    await sync(knex, [WEB, heir, FRONTEND]);
    expect(await owner()).toMatchObject([
      { entity_ref: 'component:shop/heir' },
    ]);
  });

  it('links again when the rules change', async () => {
    const knex = await postgres.migrated();
    await sync(knex, [
      { ...WEB, metadata: { ...WEB.metadata, annotations: {} } },
      FRONTEND,
    ]);
    const source = FakeUsageSource.create();
    await runIngest({ knex, source, now: NOW });
    expect(await knex('cost_links')).toEqual([]);
    await runIngest({
      knex,
      source,
      now: NOW,
      config: {
        cost: {
          links: [{ namespace: 'sh*', entityRef: 'component:shop/web' }],
        },
      },
    });
    expect(await knex('cost_links')).toMatchObject([{ provenance: 'config' }]);
  });
});
