import { setTimeout as sleep } from 'node:timers/promises';
import { mockServices } from '@backstage/backend-test-utils';
import { TestPostgres } from '../../../__testUtils__/database';
import { storedEntity, storeEntities } from '../../../__testUtils__/ingest';
import { EntityStore } from '../../../database/EntityStore';
import { Linking } from './Linking';

jest.setTimeout(60_000);

const postgres = TestPostgres.create();
const signal = new AbortController().signal;

describe('Linking', () => {
  it('links by the new catalog when it changes while links are made', async () => {
    const knex = await postgres.migrated();
    const [{ id: clusterId }] = await knex('cost_clusters')
      .insert({ name: 'c1' })
      .returning('id');
    await knex('cost_containers').insert(
      Array.from({ length: 600 }, (_, i) => ({
        cluster_id: clusterId,
        bucket: 'workload',
        namespace: 'shop',
        workload_kind: 'Deployment',
        workload: `web-${i}`,
        container: 'app',
        labels: { 'backstage.io/kubernetes-id': 'web' },
      })),
    );
    const heir = storedEntity({ entityRef: 'component:default/heir' });
    await storeEntities(knex, [storedEntity()]);

    // As soon as the catalog is read for linking, another service takes over.
    let takeOver: Promise<void> | undefined;
    const entities = EntityStore.create({ knex });
    const listLinkable = entities.listLinkable.bind(entities);
    jest.spyOn(entities, 'listLinkable').mockImplementation(async tx => {
      const linkable = await listLinkable(tx);
      takeOver ??= storeEntities(knex, [heir]);
      await Promise.race([takeOver, sleep(300)]);
      return linkable;
    });
    const linking = Linking.create({
      knex,
      entities,
      logger: mockServices.logger.mock(),
      rules: [],
      ownerLabels: [],
      claims: {},
    });
    await linking.linkStale(signal);
    await takeOver;
    await linking.linkStale(signal);

    const links = await knex('cost_links as l')
      .join('cost_entities as e', 'e.id', 'l.entity_id')
      .groupBy('e.entity_ref')
      .select('e.entity_ref')
      .count({ containers: '*' });
    expect(links).toEqual([
      { entity_ref: 'component:default/heir', containers: '600' },
    ]);
  });
});
