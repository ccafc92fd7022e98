import { mockServices } from '@backstage/backend-test-utils';
import { ClusterInventory, WorkloadFacts } from '@headroom/common';
import { Knex } from 'knex';
import { TestPostgres } from '../../../__testUtils__/database';
import { InventoryStore } from '../../../database/InventoryStore';
import { InventorySync, ReadClusterInventory } from './InventorySync';
import { isSteeringKnown, knowledgeOf } from '../../../core/inventoryKnowledge';

jest.setTimeout(60_000);

const postgres = TestPostgres.create();
const T0 = '2026-01-10T12:00:00.000Z';
const signal = new AbortController().signal;

const later = (hours: number) =>
  new Date(Date.parse(T0) + hours * 3_600_000).toISOString();

function workload(name: string): WorkloadFacts {
  return {
    namespace: 'shop',
    kind: 'Deployment',
    name,
    uid: `uid-${name}`,
    replicas: 2,
    containers: [{ name: 'app', role: 'main', spec: { cpuRequestCores: 1 } }],
  };
}

function inventory(
  names: string[],
  change: Partial<ClusterInventory> = {},
): ClusterInventory {
  return {
    readAt: T0,
    workloads: names.map(workload),
    steering: names.map(name => ({
      kind: 'HorizontalPodAutoscaler',
      name: `${name}-hpa`,
      target: { namespace: 'shop', kind: 'Deployment', name },
      minReplicas: 1,
      maxReplicas: 5,
      metrics: [{ resource: 'cpu', targetUtilization: 80 }],
      otherMetrics: 0,
    })),
    unreadable: [],
    ...change,
  };
}

let knex: Knex;
let store: InventoryStore;

beforeEach(async () => {
  knex = await postgres.migrated();
  store = InventoryStore.create({ knex });
});

async function sync(
  read: ReadClusterInventory,
  now = T0,
  clusters = ['c1'],
  timeoutMs?: number,
) {
  await InventorySync.create({
    clusters,
    read,
    store,
    logger: mockServices.logger.mock(),
    now: () => new Date(now),
    timeoutMs,
  }).run(signal);
}

async function known(table: string): Promise<string[]> {
  const rows = await knex(table)
    .join('cost_clusters', 'cost_clusters.id', `${table}.cluster_id`)
    .select('cost_clusters.name as cluster', `${table}.name as name`);
  return rows.map(({ cluster, name }) => `${cluster}/${name}`).sort();
}

describe('InventorySync', () => {
  it('stores what a cluster runs and what steers it, each reading replacing the last', async () => {
    await sync(async () => inventory(['web', 'api']));
    await sync(async () => inventory(['web', 'worker'], { readAt: later(1) }));
    expect(await known('cost_workload_facts')).toEqual(['c1/web', 'c1/worker']);
    expect(await known('cost_steering')).toEqual(['c1/web', 'c1/worker']);
    expect(await store.states()).toEqual([
      {
        cluster: 'c1',
        readAt: later(1),
        checkedAt: later(1),
        staleSince: undefined,
        error: undefined,
        unreadable: [],
      },
    ]);
  });

  it('leaves a reading that is older than the stored one', async () => {
    await sync(async () => inventory(['web'], { readAt: later(2) }));
    await sync(async () => inventory(['old'], { readAt: later(1) }));
    expect(await known('cost_workload_facts')).toEqual(['c1/web']);
  });

  it('takes over a reading after one of a clock that was far ahead', async () => {
    await sync(async () => inventory(['web'], { readAt: later(9000) }));
    const [state] = await store.states();
    const nothing = { facts: false, steering: false };
    expect(knowledgeOf(state, new Date(T0))).toEqual(nothing);
    await sync(async () => inventory(['api'], { readAt: later(1) }));
    expect(await known('cost_workload_facts')).toEqual(['c1/api']);
  });

  it.each([
    ['fails', async () => Promise.reject(new Error('401 Unauthorized')), /401/],
    ['is empty', async () => inventory([]), /no workloads were answered/],
    ['shrank', async () => inventory(['web']), /1 workloads .* 3 were known/],
  ])('keeps what it knows when a reading %s', async (_, read, reason) => {
    await sync(async () => inventory(['web', 'api', 'worker']));
    await sync(read, later(1));
    await sync(read, later(2));
    expect(await known('cost_workload_facts')).toHaveLength(3);
    expect(await known('cost_steering')).toHaveLength(3);
    const [state] = await store.states();
    expect(state).toMatchObject({
      readAt: T0,
      staleSince: later(1),
      checkedAt: later(2),
      error: expect.stringMatching(reason),
    });

    await sync(async () => inventory(['web', 'api'], { readAt: later(3) }));
    const [fresh] = await store.states();
    expect(fresh).toMatchObject({ readAt: later(3), staleSince: undefined });
  });

  it('believes that a cluster shrank once the old reading has expired', async () => {
    await sync(async () => inventory(['web', 'api', 'worker']));
    const read = async () => inventory(['web'], { readAt: later(25) });
    await sync(read, later(25));
    expect(await known('cost_workload_facts')).toEqual(['c1/web']);
  });

  it('reads the others when one fails, hangs or throws', async () => {
    await sync(
      (cluster, within) => {
        switch (cluster) {
          case 'throws':
            throw new Error('no such file');
          case 'hangs':
            return new Promise(() => within.throwIfAborted());
          case 'unreachable':
            return undefined;
          default:
            return Promise.resolve(inventory([`${cluster}-web`]));
        }
      },
      T0,
      ['throws', 'hangs', 'unreachable', 'c1', 'c2'],
      200,
    );
    expect(await known('cost_workload_facts')).toEqual([
      'c1/c1-web',
      'c2/c2-web',
    ]);
    const states = await store.states();
    expect(states.map(({ cluster, error }) => [cluster, error])).toEqual([
      ['c1', undefined],
      ['c2', undefined],
      ['hangs', 'there was no answer within 0.2 s'],
      ['throws', 'no such file'],
    ]);
  });
});

describe('what may be believed', () => {
  const at = (hours: number) => new Date(later(hours));

  it('expires after a day, and never includes steering that was partly unreadable', async () => {
    await sync(async () => inventory(['web']));
    const [state] = await store.states();
    expect(knowledgeOf(state, at(24))).toEqual({ facts: true, steering: true });
    expect(knowledgeOf(state, at(24.1))).toEqual({
      facts: false,
      steering: false,
    });

    const unreadable = [{ kind: 'ScaledObject', reason: '403' }];
    await sync(async () => inventory(['web'], { unreadable }));
    const [partial] = await store.states();
    expect(knowledgeOf(partial, at(1))).toEqual({
      facts: true,
      steering: false,
    });
  });

  it('leaves out no more than the target of a malformed object', async () => {
    const web = { namespace: 'shop', kind: 'Deployment', name: 'web' };
    const malformed = { kind: 'ScaledObject', reason: 'malformed' };
    const unreadable = [
      { ...malformed, object: 'shop/a', target: web },
      { ...malformed, object: 'shop/b' },
    ];
    await sync(async () => inventory(['web'], { unreadable }));
    const [state] = await store.states();
    const knowledge = knowledgeOf(state, at(1));
    expect(isSteeringKnown(knowledge, web)).toBe(false);
    expect(isSteeringKnown(knowledge, { ...web, name: 'cart' })).toBe(true);
  });

  it('is nothing of a cluster that was never read', async () => {
    const nothing = { facts: false, steering: false };
    expect(knowledgeOf(undefined, at(0))).toEqual(nothing);
    await sync(async () => Promise.reject(new Error('refused')));
    const [state] = await store.states();
    expect(knowledgeOf(state, at(0))).toEqual(nothing);
  });
});
