import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { criteriaToSql } from '../permissions';
import { EntityMirror } from './EntityMirror';
import { createEntityTables, dropEntityTables } from './entityTables';
import { GroupEdge, StoredEntity } from './StoredEntity';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
let knex: Knex;
let mirror: EntityMirror;

beforeAll(async () => {
  knex = await databases.init('POSTGRES_18');
});

beforeEach(async () => {
  await createEntityTables(knex, 'thing');
  mirror = EntityMirror.create({ knex, prefix: 'thing' });
});

afterEach(() => dropEntityTables(knex, 'thing'));

const WEB: StoredEntity = {
  entityRef: 'component:default/web',
  kind: 'component',
  namespace: 'default',
  name: 'web',
  ownerRefs: ['group:default/shop'],
  labels: { tier: 'one' },
  annotations: { 'example.com/bucket': 'web-logs' },
  location: 'url:https://example.com/web.yaml',
};
const SHOP: StoredEntity = {
  ...WEB,
  entityRef: 'group:default/shop',
  kind: 'group',
  name: 'shop',
  annotations: {},
};
const MOVED = {
  ownerRefs: ['group:default/bank'],
  location: 'url:https://example.com/other.yaml',
};

/** By days before now, as an entity is forgotten by the clock of the database. */
const ago = (days: number) => new Date(Date.now() - days * 86_400_000);

const read = (
  entities: StoredEntity[],
  daysAgo: number,
  edges: GroupEdge[] = [],
) => mirror.replaceAll(entities, edges, ago(daysAgo));

const generation = () => knex.transaction(tx => mirror.hold(tx));
const listed = async () =>
  (await mirror.listEntities(knex)).sort((a, b) => a.id - b.id);

describe('EntityMirror', () => {
  it('keeps the entities of the catalog for a plugin of any name', async () => {
    expect(await read([WEB, SHOP], 6)).toEqual({ changed: true, vanished: 0 });
    expect(await mirror.countLive()).toBe(2);
    const [web, ...others] = await listed();
    expect(others).toEqual([]); // groups claim nothing
    expect(web).toMatchObject({
      entityRef: 'component:default/web',
      annotations: WEB.annotations,
      ownerRefs: WEB.ownerRefs,
      location: WEB.location,
      isVanished: false,
      isMoved: false,
    });
    const before = await generation();
    expect(await read([WEB, SHOP], 5)).toEqual({ changed: false, vanished: 0 });
    expect(await listed()).toEqual([web]);
    expect(await generation()).toBe(before);
  });

  it('is what conditions of a permission are about', async () => {
    await read([WEB, SHOP], 6);
    const refs = async (owner: string) => {
      const { sql, bindings } = criteriaToSql({
        allOf: [
          { field: 'owner', values: [owner] },
          { field: 'label', key: 'tier', value: 'one' },
        ],
      });
      return knex('thing_entities as e')
        .whereRaw(sql, bindings)
        .orderBy('entity_ref')
        .pluck('entity_ref');
    };
    expect(await refs('group:default/shop')).toEqual([
      'component:default/web',
      'group:default/shop',
    ]);
    expect(await refs('group:default/bank')).toEqual([]);
  });

  it('knows since when an entity claims something, and since when it has its owners', async () => {
    await read([WEB], 6);
    const [first] = await listed();
    await read([{ ...WEB, ownerRefs: MOVED.ownerRefs }], 5);
    const [given] = await listed();
    expect(given).toMatchObject({
      id: first.id,
      claimsSince: first.claimsSince,
      ownerRefs: MOVED.ownerRefs,
    });
    expect(given.ownersSince > first.ownersSince).toBe(true);
    const annotations = { 'example.com/bucket': 'more-logs' };
    await read([{ ...WEB, ownerRefs: MOVED.ownerRefs, annotations }], 4);
    const [claiming] = await listed();
    expect(claiming.claimsSince > given.claimsSince).toBe(true);
    expect(claiming.ownersSince).toBe(given.ownersSince);
  });

  it('takes what a catalog shows while it fills for what was there from the first', async () => {
    await read([], 6);
    await read([WEB], 6 - 0.5 / 24);
    await read([WEB, { ...WEB, entityRef: 'component:default/api' }], 5);
    const [web, api] = await listed();
    expect(Date.parse(web.claimsSince)).toBeLessThan(ago(5.99).getTime());
    expect(Date.parse(api.claimsSince)).toBeGreaterThan(ago(5.01).getTime());
  });

  it('remembers what left, and knows it again when it comes back', async () => {
    await read([WEB], 6);
    const [web] = await listed();
    expect(await read([], 5)).toEqual({ changed: true, vanished: 1 });
    expect(await mirror.countLive()).toBe(0);
    expect(await listed()).toEqual([{ ...web, isVanished: true }]);
    await read([WEB], 4);
    expect(await listed()).toEqual([web]);
  });

  it('lists nothing that left a week ago, whose claim is new when it comes back', async () => {
    await read([WEB], 10);
    const [web] = await listed();
    await read([], 8);
    expect(await listed()).toEqual([]);
    await read([WEB], 0);
    const [back] = await listed();
    expect(back.id).toBe(web.id);
    expect(Date.parse(back.claimsSince)).toBeGreaterThan(ago(1).getTime());
  });

  it('keeps who had a name apart from who takes it', async () => {
    await read([WEB], 6);
    const [web] = await listed();
    await read([], 5);
    await read([{ ...WEB, ...MOVED }], 4);
    const day = ago(4).toISOString().slice(0, 10);
    const [former, heir] = await listed();
    expect(former).toEqual({
      ...web,
      entityRef: `component:default/web@${day}-${web.id}`,
      isVanished: true,
    });
    expect(heir).toMatchObject({ ...MOVED, entityRef: WEB.entityRef });
    expect(heir.id).not.toBe(former.id);
  });

  it('knows each group’s groups above it as of the last reading', async () => {
    const edges = [
      { group: 'group:default/shop', parent: 'group:default/retail' },
      { group: 'group:default/retail', parent: 'group:default/all' },
    ];
    const below = async (ref: string) => {
      const { rows } = await knex.raw(
        `WITH RECURSIVE below AS (
           SELECT ?::text AS ref
           UNION SELECT g.group_ref FROM thing_groups g JOIN below b ON g.parent_ref = b.ref)
         SELECT ref FROM below ORDER BY ref`,
        [ref],
      );
      return rows.map((row: { ref: string }) => row.ref);
    };
    await read([SHOP], 6, [...edges, edges[0]]);
    expect(await below('group:default/all')).toEqual([
      'group:default/all',
      'group:default/retail',
      'group:default/shop',
    ]);
    await read([SHOP], 5, edges.slice(1));
    expect(await below('group:default/all')).toEqual([
      'group:default/all',
      'group:default/retail',
    ]);
  });

  it('changes nothing when what follows it fails', async () => {
    await read([WEB], 6);
    const [web] = await listed();
    const failing = EntityMirror.create({
      knex,
      prefix: 'thing',
      onClaimsChanged: () => Promise.reject(new Error('nothing follows')),
    });
    await expect(failing.replaceAll([], [], ago(5))).rejects.toThrow(
      'nothing follows',
    );
    expect(await listed()).toEqual([web]);
  });
});
