import { mockServices } from '@backstage/backend-test-utils';
import { ResponseError } from '@backstage/errors';
import { LinkedWorkload, LinkedWorkloads } from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { storedEntity } from '../../__testUtils__/backend';
import { TestPostgres } from '../../__testUtils__/database';
import { LinksState } from '../../core/LinksState';
import { createEntityMirror } from '../../database/entityMirror';
import { LinkStore, workloadKey } from '../../database/LinkStore';
import { LinkSync } from './LinkSync';

jest.setTimeout(60_000);

const postgres = TestPostgres.create();
const WEB = 'component:default/web';

const link = (name: string, entityRef = WEB): LinkedWorkload => ({
  cluster: 'us-west',
  namespace: 'shop',
  kind: 'Deployment',
  name,
  entityRef,
  provenance: 'annotation',
});

const keyOf = (name: string) =>
  workloadKey({
    cluster: 'us-west',
    namespace: 'shop',
    kind: 'Deployment',
    name,
  });

let knex: Knex;
let links: LinkStore;
let state: LinksState;
let changes: number;

beforeEach(async () => {
  knex = await postgres.migrated();
  await createEntityMirror({ knex }).replaceAll(
    [storedEntity()],
    [],
    new Date(),
  );
  links = LinkStore.create({ knex });
  state = {};
  changes = 0;
});

async function sync(
  getLinks: (query: { cursor?: string }) => Promise<LinkedWorkloads>,
  at = '2026-11-01T00:00:00Z',
) {
  await LinkSync.create({
    auth: mockServices.auth(),
    costs: { getLinks },
    links,
    state,
    logger: mockServices.logger.mock(),
    now: () => new Date(at),
    onChanged: () => {
      changes += 1;
    },
  }).run(new AbortController().signal);
}

const known = async () => [...(await links.read()).byWorkload.entries()];

describe('Links', () => {
  it('know the teams of a service up to the top, and that a group has moved', async () => {
    const mirror = createEntityMirror({ knex });
    const entities = [storedEntity({ ownerRefs: ['group:default/red'] })];
    const below = (parent: string) => [{ group: 'group:default/red', parent }];
    await mirror.replaceAll(entities, below('group:default/a'), new Date());
    expect((await links.read()).teams.get(WEB)).toEqual([
      'group:default/red',
      'group:default/a',
    ]);
    const before = await links.generation();
    expect(await links.generation()).toBe(before);
    await mirror.replaceAll(entities, below('group:default/b'), new Date());
    expect(await links.generation()).not.toBe(before);
    expect((await links.read()).teams.get(WEB)).toEqual([
      'group:default/red',
      'group:default/b',
    ]);
  });

  it('are read to their end, and those that the catalog doesn’t have are nobody’s', async () => {
    await sync(async ({ cursor }) =>
      cursor
        ? { links: [link('api'), link('old', 'component:default/gone')] }
        : { links: [link('web')], cursor: 'more' },
    );
    expect((await known()).sort()).toEqual(
      [
        [keyOf('api'), WEB],
        [keyOf('web'), WEB],
      ].sort(),
    );
    expect([await links.readAt(), changes, state.problem]).toEqual([
      '2026-11-01T00:00:00.000Z',
      1,
      undefined,
    ]);
    const generation = await links.generation();
    await sync(async () => ({
      links: [link('api'), link('web'), link('old', 'component:default/gone')],
    }));
    expect([await links.generation(), changes]).toEqual([generation, 1]);
  });

  it('that are named no more stay for an hour: what was emptied is no reason to let go', async () => {
    await sync(async () => ({ links: [link('api'), link('web')] }));
    const generation = await links.generation();
    const none = async () => ({ links: [] });
    await sync(none, '2026-11-01T00:01:00Z');
    await sync(none, '2026-11-01T00:59:00Z');
    expect(await known()).toHaveLength(2);
    // It comes back, and its hour begins anew when it goes again.
    await sync(async () => ({ links: [link('api')] }), '2026-11-01T01:00:30Z');
    await sync(none, '2026-11-01T01:02:00Z');
    expect(await known()).toEqual([[keyOf('api'), WEB]]);
    expect(await links.generation()).not.toBe(generation);
    await sync(none, '2026-11-01T02:03:00Z');
    expect(await known()).toEqual([]);
  });

  it('stay for an hour when a service has left the catalog', async () => {
    await sync(async () => ({ links: [link('web')] }));
    const mirror = createEntityMirror({ knex });
    const other = storedEntity({
      entityRef: 'component:default/other',
      name: 'other',
    });
    await mirror.replaceAll([other], [], new Date());
    expect(await known()).toEqual([[keyOf('web'), WEB]]);
    expect([...(await links.read()).entities.keys()].sort()).toEqual([
      'component:default/other',
      WEB,
    ]);
    await knex.raw(
      "UPDATE scaling_entities SET vanished_at = vanished_at - interval '61 minutes'",
    );
    expect(await known()).toEqual([]);
  });

  it('are unread until both they and the catalog were read', async () => {
    expect((await links.read()).unread).toBe(true);
    await sync(async () => ({ links: [] }));
    expect((await links.read()).unread).toBeUndefined();
    await knex('scaling_entities').delete();
    expect((await links.read()).unread).toBe(true);
  });

  it('stay as they were last known when the cost plugin is away or breaks off, which is said', async () => {
    await sync(async () => ({ links: [link('web')] }));
    await sync(async ({ cursor }) => {
      if (cursor) {
        throw new Error('ECONNRESET');
      }
      return { links: [], cursor: 'more' };
    });
    expect(await known()).toEqual([[keyOf('web'), WEB]]);
    expect(state.problem?.wording.key).toBe('scalingReports.costSilent');
    const missing = await ResponseError.fromResponse(
      new Response('{}', { status: 404 }),
    );
    await sync(async () => {
      throw missing;
    });
    expect(state.problem?.wording.key).toBe('scalingReports.costMissing');
    await sync(async () => ({ links: [link('web')] }));
    expect(state.problem).toBeUndefined();
  });
});
