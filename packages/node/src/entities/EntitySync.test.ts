import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { Knex } from 'knex';
import { EntityMirror } from './EntityMirror';
import { EntitySync } from './EntitySync';
import { createEntityTables } from './entityTables';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

async function migrated(): Promise<Knex> {
  const knex = await databases.init('POSTGRES_18');
  await createEntityTables(knex, 'thing');
  return knex;
}

const WEB: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'Web',
    namespace: 'shop',
    title: 'The web',
    annotations: {
      'backstage.io/kubernetes-id': 'web',
      'headroom.io/appetite': 'bold',
      'backstage.io/managed-by-location': 'url:https://example.com/web.yaml',
      other: 'x',
    },
  },
  spec: { type: 'service', lifecycle: 'production' },
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
    mirror: EntityMirror.create({ knex, prefix: 'thing' }),
    kinds: ['Component'],
    annotations: /^backstage\.io\/kubernetes-/,
    pauseMs: 1,
    onChanged: async () => {
      changes += 1;
    },
  }).run(signal);
  return changes;
}

describe('EntitySync', () => {
  it('keeps what a plugin needs of the catalog', async () => {
    const knex = await migrated();
    expect(await sync(knex, [WEB, FRONTEND])).toBe(1);
    expect(await knex('thing_entities').orderBy('kind')).toMatchObject([
      {
        entity_ref: 'component:shop/web',
        title: 'The web',
        system_ref: 'system:default/store',
        owner_refs: ['group:shop/frontend'],
        annotations: { 'backstage.io/kubernetes-id': 'web' },
        lifecycle: 'production',
        appetite: 'bold',
        location: 'url:https://example.com/web.yaml',
        vanished_at: null,
      },
      {
        entity_ref: 'group:shop/frontend',
        owner_refs: ['group:shop/frontend'],
      },
    ]);
    expect(await knex('thing_groups')).toEqual([
      { group_ref: 'group:shop/frontend', parent_ref: 'group:default/all' },
    ]);
    // The same again changes nothing, so nothing is made of it again.
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
    const knex = await migrated();
    await sync(knex, [WEB, FRONTEND]);
    await sync(knex, catalog).catch(() => undefined);
    const vanished = await knex('thing_entities').whereNotNull('vanished_at');
    expect(vanished).toEqual([]);
    expect(await knex('thing_groups')).toHaveLength(1);
  });

  it('reads a catalog that is still filling until it stays the same', async () => {
    const knex = await migrated();
    const pages = [[], [FRONTEND], [FRONTEND, WEB], [FRONTEND, WEB]];
    const catalog = catalogServiceMock.mock({
      streamEntities: async function* stream() {
        yield pages.shift() ?? [];
      },
    });
    expect(await sync(knex, catalog)).toBe(2);
    expect(pages).toEqual([]);
    expect(await knex('thing_entities').whereNull('vanished_at')).toHaveLength(
      2,
    );
  });
});
