import { mockServices } from '@backstage/backend-test-utils';
import { ClaimPolicy } from '@headroom/common';
import fc from 'fast-check';
import { Knex } from 'knex';
import { TestPostgres } from '../../../__testUtils__/database';
import { storedEntity } from '../../../__testUtils__/ingest';
import { StoredEntity } from '@headroom/node';
import { createEntityMirror } from '../../../database/entityMirror';
import { Linking } from './Linking';

jest.setTimeout(120_000);

const postgres = TestPostgres.create();
const SHOP = 'group:default/shop';
const STRANGERS = 'group:default/strangers';
const WEB = storedEntity({ location: 'url:https://git.example.com/acme/web' });
const ID = { 'backstage.io/kubernetes-id': 'web' };
const selector = (text: string) => ({
  'backstage.io/kubernetes-label-selector': text,
});

/** What somebody else may have in the catalog: any owner, any claim, names that are used or free. */
const anything = (namespace: string, name: string) =>
  fc.option(
    fc.record({
      entityRef: fc.constant(`component:${namespace}/${name}`),
      namespace: fc.constant(namespace),
      name: fc.constant(name),
      ownerRefs: fc.constantFrom<string[]>(
        [SHOP],
        [STRANGERS],
        ['group:default/ops'],
        [],
      ),
      location: fc.constantFrom(
        'url:https://git.example.com/strangers/1',
        'url:https://git.example.com/strangers/2',
      ),
      annotations: fc.constantFrom<Record<string, string>>(
        {},
        ID,
        { ...ID, 'backstage.io/kubernetes-namespace': 'shop' },
        selector('app=web'),
        selector('app=web,tier=front'),
      ),
    }),
  );

const readings = fc.array(
  fc.record({
    service: fc.constantFrom(
      ...['here', 'here', 'here', 'gone', 'elsewhere', 'handed on', 'changed'],
    ),
    others: fc.tuple(
      anything('default', 'a'),
      anything('default', 'b'),
      anything('other', 'web'),
      anything('default', 'web'),
    ),
    deploys: fc.boolean(),
    links: fc.boolean(),
  }),
  { minLength: 4, maxLength: 10 },
);

interface Linked {
  container: number;
  owners: string[];
  ref: string;
}

async function linked(knex: Knex): Promise<Linked[]> {
  return knex('cost_links as l')
    .join('cost_entities as e', 'e.id', 'l.entity_id')
    .select({
      container: 'l.container_id',
      owners: 'e.owner_refs',
      ref: 'e.entity_ref',
    });
}

async function deploy(knex: Knex, name: string) {
  const cluster = await knex('cost_clusters').first();
  await knex('cost_containers').insert({
    cluster_id: cluster.id,
    bucket: 'workload',
    namespace: 'shop',
    workload_kind: 'Deployment',
    workload: name,
    container: 'app',
    labels: {
      ...ID,
      service: 'web',
      'part-of': 'b',
      app: 'web',
      tier: 'front',
    },
  });
}

/** The service as a reading finds it; it has its place, owner and claim from the readings before. */
function next(service: string, before: StoredEntity): StoredEntity {
  switch (service) {
    case 'elsewhere':
      return { ...before, location: 'url:https://git.example.com/acme/new' };
    case 'handed on':
      return before.location === WEB.location
        ? { ...before, ownerRefs: ['group:default/ops'] }
        : before;
    case 'changed':
      return { ...before, annotations: selector('app=web') };
    default:
      return before;
  }
}

describe('whatever others register, and whenever they change it', () => {
  it('they never see what a service has that was gone for a week at most', async () => {
    const knex = await postgres.migrated();
    await knex('cost_clusters').insert({ name: 'eu' });
    const policies = fc.constantFrom<ClaimPolicy>(
      {},
      { order: ['owner', 'annotation', 'label selector'] },
    );
    let checked = 0;
    await fc.assert(
      fc.asyncProperty(readings, policies, async (steps, claims) => {
        await knex.raw(
          'TRUNCATE cost_links, cost_containers, cost_entities, cost_groups, cost_meta CASCADE',
        );
        const entities = createEntityMirror({ knex });
        const linking = Linking.create({
          knex,
          entities,
          logger: mockServices.logger.mock(),
          rules: [],
          ownerLabels: ['service', 'part-of'],
          claims,
        });
        const had = new Set<number>();
        const check = async () => {
          const seen = (await linked(knex)).filter(
            ({ container, owners }) =>
              had.has(container) && owners.includes(STRANGERS),
          );
          checked += had.size;
          expect(seen).toEqual([]);
        };
        let at = Date.now() - 6 * 86_400_000;
        const read = async (
          found: StoredEntity[],
          links: boolean,
          isHere = true,
        ) => {
          at += 9 * 3_600_000;
          await entities.replaceAll(found, [], new Date(at));
          await check();
          if (!links) {
            return;
          }
          await linking.linkStale(new AbortController().signal);
          const when = new Date(at + 1000);
          await knex('cost_links')
            .where('linked_at', '>', when)
            .update({ linked_at: when });
          await check();
          for (const { container, ref } of await linked(knex)) {
            if (isHere && ref === WEB.entityRef) {
              had.add(container);
            }
          }
        };
        await deploy(knex, 'front');
        await read([WEB], true);
        let web = WEB;
        for (const [index, step] of steps.entries()) {
          const { service, others, deploys, links } = step;
          web = next(service, web);
          const isGone = service === 'gone';
          const registered = others.flatMap(other =>
            // A catalog keeps a name for who had it first.
            other && (isGone || other.entityRef !== WEB.entityRef)
              ? [storedEntity(other)]
              : [],
          );
          if (deploys) {
            await deploy(knex, `back-${index}`);
          }
          await read(
            isGone ? registered : [web, ...registered],
            links,
            !isGone,
          );
        }
      }),
      { numRuns: 12 },
    );
    expect(checked).toBeGreaterThan(50);
  });
});
