import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { EntitySync } from '@headroom/node';
import { Knex } from 'knex';
import { TestPostgres } from '../../../__testUtils__/database';
import { FakeUsageSource } from '../../../__testUtils__/FakeUsageSource';
import { createIngest, runIngest } from '../../../__testUtils__/ingest';
import {
  CLAIMING_ANNOTATIONS,
  createEntityMirror,
} from '../../../database/entityMirror';

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

/** Reads a catalog, as the scheduled work does. */
async function sync(knex: Knex, entities: Entity[]) {
  await EntitySync.create({
    catalog: catalogServiceMock({ entities }),
    auth: mockServices.auth(),
    logger: mockServices.logger.mock(),
    mirror: createEntityMirror({ knex }),
    kinds: ['Component'],
    annotations: CLAIMING_ANNOTATIONS,
    pauseMs: 1,
  }).run(signal);
}

describe('A catalog that is read', () => {
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
