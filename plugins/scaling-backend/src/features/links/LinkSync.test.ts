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
) {
  await LinkSync.create({
    auth: mockServices.auth(),
    costs: { getLinks },
    links,
    state,
    logger: mockServices.logger.mock(),
    now: () => new Date('2026-11-01T00:00:00Z'),
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
    await sync(async () => ({ links: [link('api')] }));
    expect(await known()).toEqual([[keyOf('api'), WEB]]);
    expect(await links.generation()).not.toBe(generation);
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
