import { mockServices } from '@backstage/backend-test-utils';
import { ClaimPolicy, LinkRule } from '@headroom/common';
import { Knex } from 'knex';
import { TestPostgres } from '../../../__testUtils__/database';
import { storedEntity } from '../../../__testUtils__/ingest';
import { StoredEntity } from '@headroom/node';
import { createEntityMirror } from '../../../database/entityMirror';
import { Linking } from './Linking';

jest.setTimeout(60_000);

const postgres = TestPostgres.create();
const signal = new AbortController().signal;

const WEB = storedEntity();
const THIEF = storedEntity({
  entityRef: 'component:default/a-thief',
  name: 'a-thief',
  ownerRefs: ['group:default/strangers'],
});

let knex: Knex;
let hours = 0;

beforeEach(async () => {
  knex = await postgres.migrated();
  hours = 0;
  await knex('cost_clusters').insert({ name: 'eu' });
});

async function run(container: string, workload = 'front') {
  const { id } = await knex('cost_clusters').where({ name: 'eu' }).first();
  await knex('cost_containers').insert({
    cluster_id: id,
    bucket: 'workload',
    namespace: 'shop',
    workload_kind: 'Deployment',
    workload,
    container,
    labels: {
      'backstage.io/kubernetes-id': 'web',
      'acme.io/service': 'web',
      app: 'web',
    },
  });
}

/** The catalog a few hours later, and what is linked by it. */
async function link(
  entities: StoredEntity[],
  more: {
    claims?: ClaimPolicy;
    rules?: LinkRule[];
    ownerLabels?: string[];
    afterHours?: number;
  } = {},
): Promise<Record<string, string>> {
  hours += more.afterHours ?? 5;
  const now = new Date(Date.now() - 30 * 86_400_000 + hours * 3_600_000);
  await createEntityMirror({ knex }).replaceAll(entities, [], now);
  const linking = Linking.create({
    knex,
    entities: createEntityMirror({ knex }),
    logger: mockServices.logger.mock(),
    rules: more.rules ?? [],
    ownerLabels: more.ownerLabels ?? [],
    claims: more.claims ?? {},
  });
  await linking.noticeChangedRules();
  await linking.linkStale(signal);
  // What is linked here is linked at the time of the catalog.
  await knex('cost_links')
    .where('linked_at', '>', now)
    .update({ linked_at: now });
  const rows = await knex('cost_links as l')
    .join('cost_entities as e', 'e.id', 'l.entity_id')
    .join('cost_containers as c', 'c.id', 'l.container_id')
    .select('c.workload', 'c.container', 'e.name');
  return Object.fromEntries(
    rows.map(row => [`${row.workload}/${row.container}`, row.name]),
  );
}

async function rivals(): Promise<string[]> {
  const rows = await knex('cost_rival_claims as r')
    .join('cost_entities as e', 'e.id', 'r.entity_id')
    .join('cost_containers as c', 'c.id', 'r.container_id')
    .select('c.workload', 'c.container', 'e.name', 'r.reason');
  return rows
    .map(row => `${row.workload}/${row.container} ${row.name} ${row.reason}`)
    .sort();
}

describe('links', () => {
  it('stay where they are when somebody else registers the same annotations', async () => {
    await run('app');
    expect(await link([WEB])).toEqual({ 'front/app': 'web' });
    const { linked_at: before } = await knex('cost_links').first();
    expect(await link([WEB, THIEF])).toEqual({ 'front/app': 'web' });
    expect(await rivals()).toEqual(['front/app a-thief held']);
    // Also with more to say than the holder has.
    const precise = {
      ...THIEF,
      annotations: {
        ...THIEF.annotations,
        'backstage.io/kubernetes-namespace': 'shop',
      },
    };
    expect(await link([WEB, precise])).toEqual({ 'front/app': 'web' });
    const { linked_at: after } = await knex('cost_links').first();
    expect(after).toEqual(before);
    // What is new in the workload, and new workloads, are not up for grabs either.
    await run('sidecar');
    await run('app', 'back');
    expect(await link([WEB, precise])).toEqual({
      'front/app': 'web',
      'front/sidecar': 'web',
      'back/app': 'web',
    });
    // When the holder gives up its claim there is no conflict any more.
    expect(await link([{ ...WEB, annotations: {} }, precise])).toEqual({
      'front/app': 'a-thief',
      'front/sidecar': 'a-thief',
      'back/app': 'a-thief',
    });
    expect(await rivals()).toEqual([]);
  });

  it('don’t move when who has them changes what it claims by', async () => {
    await run('app');
    await link([WEB]);
    await link([WEB, THIEF]);
    const bySelector = {
      ...WEB,
      annotations: { 'backstage.io/kubernetes-label-selector': 'app=web' },
    };
    expect(await link([bySelector, THIEF])).toEqual({ 'front/app': 'web' });
  });

  it('don’t move to whoever begins to call itself the owner’s', async () => {
    await run('app');
    await link([WEB]);
    const precise = {
      ...THIEF,
      annotations: {
        ...THIEF.annotations,
        'backstage.io/kubernetes-namespace': 'shop',
      },
    };
    const disguised = { ...precise, ownerRefs: WEB.ownerRefs };
    expect(await link([WEB, disguised])).toEqual({ 'front/app': 'web' });
    expect(await rivals()).toEqual(['front/app a-thief held']);
    expect(await link([WEB, precise])).toEqual({ 'front/app': 'web' });
    expect(await rivals()).toEqual(['front/app a-thief held']);
  });

  it('go back when who got them as the owner’s becomes somebody else’s', async () => {
    const silent = { ...THIEF, ownerRefs: WEB.ownerRefs, annotations: {} };
    await link([WEB, silent]);
    await run('app');
    const ownerLabels = ['acme.io/service'];
    const bare = { ...WEB, annotations: {} };
    expect(await link([bare, silent], { ownerLabels })).toEqual({
      'front/app': 'web',
    });
    // Between entities of one owner the stronger claim wins; that is theirs to arrange.
    const taking = { ...silent, annotations: THIEF.annotations };
    expect(await link([bare, taking], { ownerLabels })).toEqual({
      'front/app': 'a-thief',
    });
    expect(await rivals()).toEqual([]);
    // What it belonged to has nothing but the label, and changed meanwhile.
    const changed = {
      ...WEB,
      annotations: { 'backstage.io/kubernetes-cluster': 'eu' },
    };
    expect(await link([changed, taking], { ownerLabels })).toEqual({
      'front/app': 'a-thief',
    });
    expect(await link([changed, THIEF], { ownerLabels })).toEqual({
      'front/app': 'web',
    });
    expect(await rivals()).toEqual(['front/app a-thief held']);
  });

  it('go back at once, before links are made anew, and in the first hour as well', async () => {
    const taking = {
      ...THIEF,
      ownerRefs: WEB.ownerRefs,
      annotations: {
        ...WEB.annotations,
        'backstage.io/kubernetes-namespace': 'shop',
      },
    };
    await link([WEB]);
    await run('app');
    await link([WEB], { afterHours: 0.1 });
    expect(await link([WEB, taking], { afterHours: 0.1 })).toEqual({
      'front/app': 'a-thief',
    });
    // A container that is new belongs to the workload's service as well.
    await run('sidecar');
    await link([WEB, taking], { afterHours: 0.1 });
    const unmasked = { ...taking, ownerRefs: THIEF.ownerRefs };
    const now = new Date(Date.now() - 30 * 86_400_000 + (hours + 0.1) * 36e5);
    await createEntityMirror({ knex }).replaceAll([WEB, unmasked], [], now);
    const seen = await knex('cost_links as l')
      .join('cost_entities as e', 'e.id', 'l.entity_id')
      .distinct('e.name');
    expect(seen).toEqual([{ name: 'web' }]);
    expect(await link([WEB, unmasked], { afterHours: 0.2 })).toEqual({
      'front/app': 'web',
      'front/sidecar': 'web',
    });
    expect(await rivals()).toEqual([
      'front/app a-thief held',
      'front/sidecar a-thief held',
    ]);
  });

  it('do not stay with who got them first as the owner’s, and then is somebody else’s', async () => {
    const precise = {
      ...THIEF,
      ownerRefs: WEB.ownerRefs,
      annotations: {
        ...WEB.annotations,
        'backstage.io/kubernetes-namespace': 'shop',
      },
    };
    const unmasked = { ...precise, ownerRefs: THIEF.ownerRefs };
    const linked = () =>
      knex('cost_links as l')
        .join('cost_entities as e', 'e.id', 'l.entity_id')
        .distinct('e.name');
    const read = (entities: StoredEntity[]) =>
      createEntityMirror({ knex }).replaceAll(
        entities,
        [],
        new Date(Date.now() - 30 * 86_400_000 + (hours + 0.5) * 36e5),
      );
    // Claimed later, but more precisely; what runs since it was never another's.
    const silent = { ...precise, annotations: {} };
    await link([{ ...WEB, annotations: {} }, silent]);
    await link([WEB, silent]);
    await link([WEB, precise]);
    await run('app');
    expect(await link([WEB, precise])).toEqual({ 'front/app': 'a-thief' });
    await run('sidecar');
    expect(await link([WEB, precise])).toMatchObject({
      'front/sidecar': 'a-thief',
    });
    await read([WEB, unmasked]);
    expect(await linked()).toEqual([]);
    expect(await link([WEB, unmasked])).toEqual({
      'front/app': 'web',
      'front/sidecar': 'web',
    });
    expect(await rivals()).toEqual([
      'front/app a-thief held',
      'front/sidecar a-thief held',
    ]);
  });

  it('whose owners then are not known are settled anew, once', async () => {
    await run('app');
    await link([WEB]);
    await link([{ ...WEB, ownerRefs: ['group:default/other'] }]);
    const known = () => knex('cost_links').first('owner_refs', 'linked_at');
    await knex('cost_links').update({ owner_refs: null });
    const before = await known();
    const moved = { ...WEB, ownerRefs: ['group:default/ops'] };
    expect(await link([moved])).toEqual({ 'front/app': 'web' });
    const after = await known();
    expect(after.owner_refs).toEqual(moved.ownerRefs);
    expect(after.linked_at.getTime()).toBeGreaterThan(
      before.linked_at.getTime(),
    );
    expect(await link([moved])).toEqual({ 'front/app': 'web' });
    expect(await known()).toEqual(after);
  });

  it('are nobody’s when of two that were equally old one turns out to be somebody else’s', async () => {
    const precise = {
      ...THIEF,
      ownerRefs: WEB.ownerRefs,
      annotations: {
        ...WEB.annotations,
        'backstage.io/kubernetes-namespace': 'shop',
      },
    };
    await run('app');
    expect(await link([WEB, precise])).toEqual({ 'front/app': 'a-thief' });
    const unmasked = { ...precise, ownerRefs: THIEF.ownerRefs };
    expect(await link([WEB, unmasked])).toEqual({});
    expect(await rivals()).toEqual([
      'front/app a-thief tie',
      'front/app web tie',
    ]);
  });

  it('do not go to who says that it was the former owner’s when a service changes hands', async () => {
    const patient = {
      ...THIEF,
      ownerRefs: WEB.ownerRefs,
      annotations: { 'backstage.io/kubernetes-label-selector': 'app=web' },
    };
    await link([WEB, { ...patient, annotations: {} }]);
    await run('app');
    expect(await link([WEB, patient])).toEqual({ 'front/app': 'web' });
    const moved = { ...WEB, ownerRefs: ['group:default/other'] };
    expect(await link([moved, patient])).toEqual({ 'front/app': 'web' });
    const unmasked = { ...patient, ownerRefs: THIEF.ownerRefs };
    expect(await link([moved, unmasked])).toEqual({ 'front/app': 'web' });
  });

  describe('that were taken over among one owner', () => {
    const at = (place: string) => ({ location: `url:https://${place}` });
    const OWN = { ...WEB, ...at('git.example.com/acme/web') };

    /** A stranger's entity that calls itself the team's takes the workload of `web`. */
    async function taken(web: StoredEntity): Promise<StoredEntity> {
      const disguised = {
        ...THIEF,
        ...at('git.example.com/strangers/x'),
        ownerRefs: ['group:default/shop'],
        annotations: {},
      };
      await link([web, disguised], { afterHours: 24 * 27 });
      await run('app');
      await link([web, disguised]);
      const taking = {
        ...disguised,
        annotations: {
          ...THIEF.annotations,
          'backstage.io/kubernetes-namespace': 'shop',
        },
      };
      expect(await link([web, taking])).toEqual({ 'front/app': THIEF.name });
      return taking;
    }

    async function ownersSeen(): Promise<string[]> {
      const rows = await knex('cost_links as l')
        .join('cost_entities as e', 'e.id', 'l.entity_id')
        .select('e.owner_refs');
      return rows.flatMap(row => row.owner_refs);
    }

    const unmasked = (taking: StoredEntity) => ({
      ...taking,
      ownerRefs: THIEF.ownerRefs,
    });

    it('don’t stay with a stranger who took the name of who had them, too', async () => {
      const taking = await taken(OWN);
      await link([taking]);
      const squatting = {
        ...OWN,
        ...at('git.example.com/strangers/x'),
        ownerRefs: THIEF.ownerRefs,
        annotations: {},
      };
      await link([taking, squatting]);
      await link([unmasked(taking), squatting]);
      expect(await ownersSeen()).not.toContain('group:default/strangers');
    });

    it('don’t stay with a stranger when who had them went to another team before', async () => {
      const taking = await taken(OWN);
      const moved = { ...OWN, ownerRefs: ['group:default/ops'] };
      await link([moved, taking]);
      await link([moved, unmasked(taking)]);
      expect(await ownersSeen()).not.toContain('group:default/strangers');
    });

    it('don’t stay with a stranger when who had them has another owner, too', async () => {
      const web = {
        ...OWN,
        ownerRefs: ['group:default/ops', 'group:default/shop'],
      };
      const taking = await taken(web);
      await link([web, unmasked(taking)]);
      expect(await ownersSeen()).not.toContain('group:default/strangers');
    });
  });

  it('stay when a service goes to another team while somebody else claims its workloads', async () => {
    await link([THIEF]);
    await run('app');
    const rules = [{ namespace: 'shop', entityRef: 'web', decides: true }];
    expect(await link([WEB, THIEF], { rules })).toEqual({ 'front/app': 'web' });
    const moved = { ...WEB, ownerRefs: ['group:default/other'] };
    expect(await link([WEB, THIEF])).toEqual({ 'front/app': 'web' });
    expect(await link([moved, THIEF])).toEqual({ 'front/app': 'web' });
    expect(await rivals()).toEqual(['front/app a-thief held']);
  });

  it('that a rule made stay from annotations of others', async () => {
    await run('app');
    const bare = { ...WEB, annotations: {} };
    const rules = [{ namespace: 'shop', entityRef: 'web' }];
    expect(await link([bare], { rules })).toEqual({ 'front/app': 'web' });
    expect(await link([bare, THIEF], { rules })).toEqual({
      'front/app': 'web',
    });
    expect(await rivals()).toEqual(['front/app a-thief held']);
    // The operator names another service, and then none.
    const other = {
      ...bare,
      entityRef: 'component:default/other',
      name: 'other',
    };
    const moved = [{ ...rules[0], entityRef: 'other' }];
    expect(await link([bare, other, THIEF], { rules: moved })).toEqual({
      'front/app': 'other',
    });
    expect(await link([bare, other, THIEF])).toEqual({
      'front/app': 'a-thief',
    });
    expect(await rivals()).toEqual([]);
  });

  it('stay with an entity that is gone for a few days, then go to who claims them', async () => {
    await run('app');
    await link([WEB, THIEF], { afterHours: 24 * 26 });
    await knex('cost_links').delete();
    await knex('cost_containers').update({ link_stale: true });
    await knex('cost_entities')
      .where({ name: 'a-thief' })
      .update({ claims_since: new Date() });
    expect(await link([WEB, THIEF])).toEqual({ 'front/app': 'web' });
    expect(await link([THIEF])).toEqual({ 'front/app': 'web' });
    await knex('cost_entities')
      .where({ name: 'web' })
      .update({ vanished_at: new Date(0) });
    expect(await link([THIEF])).toEqual({ 'front/app': 'a-thief' });
  });

  it('are made for nobody when several claimed a workload from the beginning', async () => {
    await run('app');
    expect(await link([WEB, THIEF])).toEqual({});
    expect(await rivals()).toEqual([
      'front/app a-thief tie',
      'front/app web tie',
    ]);
    const rules = [{ namespace: 'shop', entityRef: 'web', decides: true }];
    expect(await link([WEB, THIEF], { rules })).toEqual({ 'front/app': 'web' });
    expect(await rivals()).toEqual([]);
  });

  describe('of a name that was free for a while', () => {
    const located = (location: string) => ({
      location: `url:https://${location}`,
    });
    const web = { ...WEB, ...located('git.example.com/acme/web') };
    const former = /^component:default\/web@20\d\d-\d\d-\d\d-\d+$/;
    const owner = async () => {
      const rows = await knex('cost_links as l')
        .join('cost_entities as e', 'e.id', 'l.entity_id')
        .select('e.entity_ref', 'e.owner_refs');
      return rows.map(row => [row.entity_ref, ...row.owner_refs]);
    };

    it.each<[string, Partial<StoredEntity>]>([
      ['with another owner', { ownerRefs: ['group:default/strangers'] }],
      ['from elsewhere', located('git.example.com/strangers/x')],
      [
        'with another owner from elsewhere',
        {
          ownerRefs: ['group:default/strangers'],
          ...located('git.example.com/strangers/x'),
        },
      ],
    ])('stay with who had it when it is registered %s', async (_, change) => {
      await run('app');
      await link([web], { afterHours: 24 * 28 });
      await link([THIEF]);
      const other = { ...web, ...change };
      await link([other, THIEF]);
      const [[ref, ...owners]] = await owner();
      expect(ref).toMatch(former);
      expect(owners).toEqual(['group:default/shop']);
      expect(await rivals()).toEqual([
        'front/app a-thief held',
        'front/app web held',
      ]);
      // Also what runs since is not the newcomer's: others claimed it first.
      await run('app', 'back');
      expect(await link([other, THIEF])).toMatchObject({
        'back/app': 'a-thief',
      });
      // After seven days it is who claims it, the newcomer last.
      await knex('cost_entities')
        .whereLike('entity_ref', '%@%')
        .update({ vanished_at: new Date(0) });
      expect(await link([other, THIEF])).toEqual({
        'front/app': 'a-thief',
        'back/app': 'a-thief',
      });
    });

    it('stay when it is taken between two readings and given another owner later', async () => {
      await run('app');
      await link([web], { afterHours: 24 * 28 });
      const taken = { ...web, ...located('git.example.com/strangers/x') };
      await link([taken]);
      expect(await owner()).toEqual([[web.entityRef, 'group:default/shop']]);
      await link([{ ...taken, ownerRefs: THIEF.ownerRefs }]);
      const [[ref, ...owners]] = await owner();
      expect(ref).toMatch(former);
      expect(owners).toEqual(['group:default/shop']);
    });

    it('stay when the name goes to and fro before it is given another owner', async () => {
      await run('app');
      const strange = located('git.example.com/strangers/x');
      await link([{ ...web, ...strange }], { afterHours: 24 * 28 });
      await link([web]);
      await link([{ ...web, ...strange }]);
      await link([{ ...web, ...strange, ownerRefs: THIEF.ownerRefs }]);
      const [[ref, ...owners]] = await owner();
      expect(ref).toMatch(former);
      expect(owners).toEqual(['group:default/shop']);
    });

    it('are not handed on by a file that took the place of its own', async () => {
      await run('app');
      await link([web], { afterHours: 24 * 28 });
      const taken = { ...web, ...located('git.example.com/strangers/x') };
      const beside = {
        ...THIEF,
        ...located('git.example.com/strangers/x'),
        ownerRefs: web.ownerRefs,
        annotations: {
          ...THIEF.annotations,
          'backstage.io/kubernetes-namespace': 'shop',
        },
      };
      expect(await link([taken, beside])).toEqual({ 'front/app': 'web' });
      expect(await rivals()).toEqual(['front/app a-thief held']);
    });

    it('come back with the same file and owner, after another had the name, too', async () => {
      await run('app');
      await link([web], { afterHours: 24 * 28 });
      await link([THIEF]);
      await link([web, THIEF]);
      expect(await owner()).toEqual([[web.entityRef, 'group:default/shop']]);
      await link([{ ...web, ownerRefs: THIEF.ownerRefs }, THIEF]);
      expect(await owner()).toEqual([[web.entityRef, ...THIEF.ownerRefs]]);
      await link([web, THIEF]);
      const squatter = {
        ...web,
        ...located('git.example.com/strangers/x'),
        ownerRefs: THIEF.ownerRefs,
      };
      await link([THIEF]);
      await link([squatter, THIEF]);
      await link([THIEF]);
      await link([web, THIEF]);
      expect(await owner()).toEqual([[web.entityRef, 'group:default/shop']]);
      // Who had nothing to keep leaves nothing behind.
      expect(
        await knex('cost_entities').whereLike('entity_ref', '%@%'),
      ).toHaveLength(1);
    });

    it('and its units don’t go to the newcomer', async () => {
      const [{ id }] = await knex('cost_clusters').where({ name: 'eu' });
      await link([web], { afterHours: 24 * 28 });
      await knex('cost_unit_days').insert({
        cluster_id: id,
        day: '2026-01-01',
        metric: 'orders',
        entity_ref: web.entityRef,
        namespace: '',
        workload: '',
        quantity: 7,
      });
      await link([THIEF]);
      await link([{ ...web, ownerRefs: THIEF.ownerRefs }, THIEF]);
      const [{ entity_ref: ref }] = await knex('cost_unit_days');
      expect(ref).toMatch(former);
    });
  });

  it('count where the configuration says that claims count', async () => {
    await run('app');
    const claims = {
      namespaces: [{ namespace: 'shop', owners: ['group:default/shop'] }],
    };
    expect(await link([THIEF])).toEqual({ 'front/app': 'a-thief' });
    expect(await link([THIEF], { claims })).toEqual({});
    expect(await rivals()).toEqual(['front/app a-thief namespace']);
    expect(await link([WEB, THIEF], { claims })).toEqual({
      'front/app': 'web',
    });
    const located = { ...WEB, location: 'url:https://git.example.com/acme/w' };
    const trusted = {
      trustedLocations: ['url:https://git.example.com/acme/*'],
    };
    expect(await link([located, THIEF], { claims: trusted })).toEqual({
      'front/app': 'web',
    });
    expect(await rivals()).toEqual([]);
  });
});
