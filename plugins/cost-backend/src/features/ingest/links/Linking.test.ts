import { setTimeout as sleep } from 'node:timers/promises';
import { mockServices } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { TestPostgres } from '../../../__testUtils__/database';
import { storedEntity, storeEntities } from '../../../__testUtils__/ingest';
import { createEntityMirror } from '../../../database/entityMirror';
import { Linking, LinkingOptions } from './Linking';

jest.setTimeout(60_000);

const postgres = TestPostgres.create();
const signal = new AbortController().signal;

const RULE = { namespace: 'shop', entityRef: 'component:default/rest' };
const REST = storedEntity({
  entityRef: 'component:default/rest',
  name: 'rest',
  annotations: {},
});

let knex: Knex;
let clusterId: number;

beforeEach(async () => {
  knex = await postgres.migrated();
  const [{ id }] = await knex('cost_clusters')
    .insert({ name: 'c1' })
    .returning('id');
  clusterId = id;
});

/** Containers of workloads of these names, with these labels. */
async function run(
  names: string[],
  labels: Record<string, string> = {},
  bucket = 'workload',
): Promise<void> {
  await knex('cost_containers').insert(
    names.map(workload => ({
      cluster_id: clusterId,
      bucket,
      namespace: 'shop',
      workload_kind: 'Deployment',
      workload,
      container: 'app',
      labels,
      link_stale: bucket === 'workload',
    })),
  );
}

const many = (count: number) =>
  Array.from({ length: count }, (_, i) => `web-${i}`);
const byId = (id: string) => ({ 'backstage.io/kubernetes-id': id });

function linkingOf(options: Partial<LinkingOptions> = {}) {
  const logger = mockServices.logger.mock();
  const linking = Linking.create({
    knex,
    entities: createEntityMirror({ knex }),
    logger,
    rules: [],
    ownerLabels: [],
    claims: {},
    ...options,
  });
  return { linking, logger };
}

async function links(): Promise<string[]> {
  const rows = await knex('cost_links as l')
    .join('cost_entities as e', 'e.id', 'l.entity_id')
    .join('cost_containers as c', 'c.id', 'l.container_id')
    .orderBy('c.workload')
    .select('c.workload', 'e.entity_ref', 'l.provenance', 'l.detail');
  return rows.map(
    ({ workload, entity_ref, provenance, detail }) =>
      `${workload} → ${entity_ref} by ${provenance}: ${detail}`,
  );
}

async function stale(): Promise<string[]> {
  return knex('cost_containers')
    .where('link_stale', true)
    .orderBy('workload')
    .pluck('workload');
}

describe('linkStale', () => {
  it('keeps whose a container is, and what says so', async () => {
    await storeEntities(knex, [
      storedEntity(),
      storedEntity({
        entityRef: 'component:default/cart',
        name: 'cart',
        annotations: { 'backstage.io/kubernetes-label-selector': 'app=cart' },
      }),
      storedEntity({
        entityRef: 'component:default/mail',
        name: 'mail',
        annotations: {},
      }),
      REST,
    ]);
    await run(['a-annotated'], byId('web'));
    await run(['b-selected'], { app: 'cart' });
    await run(['c-owned'], { 'acme.io/service': 'mail' });
    await run(['d-ruled'], { app: 'other' });
    const { linking, logger } = linkingOf({
      rules: [RULE],
      ownerLabels: ['acme.io/service'],
    });
    expect(await linking.linkStale(signal)).toBe(4);
    expect(await links()).toEqual([
      'a-annotated → component:default/web by annotation: backstage.io/kubernetes-id=web',
      'b-selected → component:default/cart by label selector: app=cart',
      'c-owned → component:default/mail by owner: acme.io/service=mail',
      'd-ruled → component:default/rest by config: namespace=shop',
    ]);
    expect(await knex('cost_rival_claims')).toEqual([]);
    expect(await stale()).toEqual([]);
    expect(logger.warn).not.toHaveBeenCalled();
    // Nothing is left to be done.
    expect(await linking.linkStale(signal)).toBe(0);
  });

  it('leaves what nobody claims without a link, and takes one away that holds no more', async () => {
    await storeEntities(knex, [storedEntity()]);
    await run(['mine'], byId('web'));
    await run(['nobodys'], byId('unknown'));
    const { linking } = linkingOf();
    expect(await linking.linkStale(signal)).toBe(2);
    expect(await links()).toEqual([
      'mine → component:default/web by annotation: backstage.io/kubernetes-id=web',
    ]);
    await knex('cost_containers')
      .where({ workload: 'mine' })
      .update({ labels: byId('unknown'), link_stale: true });
    expect(await linking.linkStale(signal)).toBe(1);
    expect(await links()).toEqual([]);
  });

  it('keeps who else claims a container and why that does not count, and warns of it', async () => {
    await storeEntities(knex, [
      storedEntity(),
      storedEntity({
        entityRef: 'component:default/stranger',
        name: 'stranger',
        ownerRefs: ['group:default/strangers'],
      }),
    ]);
    await run(['front'], byId('web'));
    const { linking, logger } = linkingOf();
    await linking.linkStale(signal);
    // Both appeared at once, and nothing says whose it is.
    expect(await links()).toEqual([]);
    const rivals = await knex('cost_rival_claims as r')
      .join('cost_entities as e', 'e.id', 'r.entity_id')
      .orderBy('e.name')
      .select('e.name', 'r.provenance', 'r.detail', 'r.reason');
    const claim = {
      provenance: 'annotation',
      detail: 'backstage.io/kubernetes-id=web',
      reason: 'tie',
    };
    expect(rivals).toEqual([
      { name: 'stranger', ...claim },
      { name: 'web', ...claim },
    ]);
    expect(logger.warn).toHaveBeenCalledTimes(1);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringMatching(/stranger.*web|web.*stranger/),
    );
  });

  it('ends between two batches when it is told to, and goes on where it was', async () => {
    await storeEntities(knex, [storedEntity()]);
    await run(many(1100), byId('web'));
    const aborted = AbortSignal.abort();
    const { linking } = linkingOf();
    expect(await linking.linkStale(aborted)).toBe(500);
    expect(await stale()).toHaveLength(600);
    expect(await links()).toHaveLength(500);
    expect(await linking.linkStale(signal)).toBe(600);
    expect(await links()).toHaveLength(1100);
  });

  it('links by the new catalog when it changes while links are made', async () => {
    await run(many(600), byId('web'));
    const heir = storedEntity({ entityRef: 'component:default/heir' });
    await storeEntities(knex, [storedEntity()]);

    // As soon as the catalog is read for linking, another service takes over.
    let takeOver: Promise<void> | undefined;
    const entities = createEntityMirror({ knex });
    const listEntities = entities.listEntities.bind(entities);
    jest.spyOn(entities, 'listEntities').mockImplementation(async tx => {
      const linkable = await listEntities(tx);
      takeOver ??= storeEntities(knex, [heir]);
      await Promise.race([takeOver, sleep(300)]);
      return linkable;
    });
    const { linking } = linkingOf({ entities });
    await linking.linkStale(signal);
    await takeOver;
    await linking.linkStale(signal);

    const counts = await knex('cost_links as l')
      .join('cost_entities as e', 'e.id', 'l.entity_id')
      .groupBy('e.entity_ref')
      .select('e.entity_ref')
      .count({ containers: '*' });
    expect(counts).toEqual([
      { entity_ref: 'component:default/heir', containers: '600' },
    ]);
  });
});

describe('noticeChangedRules', () => {
  it.each<[string, Partial<LinkingOptions>]>([
    ['a rule', { rules: [RULE] }],
    ['an owner label', { ownerLabels: ['acme.io/service'] }],
    [
      'who may claim',
      {
        claims: {
          namespaces: [{ namespace: 'shop', owners: ['group:default/x'] }],
        },
      },
    ],
  ])(
    'has every workload linked anew after %s was added, once',
    async (_, change) => {
      await storeEntities(knex, [storedEntity(), REST]);
      await run(['front'], { app: 'other' });
      await run(['node-pool'], {}, 'idle');
      const before = linkingOf().linking;
      await before.noticeChangedRules();
      await before.linkStale(signal);
      await before.noticeChangedRules();
      expect(await stale()).toEqual([]);

      const after = linkingOf(change).linking;
      await after.noticeChangedRules();
      // Idle capacity is nobody's, whatever the rules.
      expect(await stale()).toEqual(['front']);
      await after.linkStale(signal);
      await after.noticeChangedRules();
      expect(await stale()).toEqual([]);
    },
  );

  it('moves what a new rule gives to another', async () => {
    await storeEntities(knex, [storedEntity(), REST]);
    await run(['front']);
    const without = linkingOf().linking;
    await without.noticeChangedRules();
    await without.linkStale(signal);
    expect(await links()).toEqual([]);
    const { linking } = linkingOf({ rules: [RULE] });
    await linking.noticeChangedRules();
    expect(await linking.linkStale(signal)).toBe(1);
    expect(await links()).toEqual([
      'front → component:default/rest by config: namespace=shop',
    ]);
  });
});
