import { HourRow, PodHourRow } from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { TestPostgres } from '../__testUtils__/database';
import { storePodHour } from '../__testUtils__/ingest';
import { ContainerIds, ContainerStore } from './ContainerStore';
import { RolloutStore } from './RolloutStore';

jest.setTimeout(120_000);

const postgres = TestPostgres.create();
const store = RolloutStore.create();
const at = (hour: number) => new Date(Date.UTC(2026, 9, 1, hour));

function podOf(name: string, change: Partial<HourRow> = {}): PodHourRow {
  return {
    bucket: 'workload',
    namespace: 'shop',
    workloadKind: 'Deployment',
    workload: 'web',
    container: 'main',
    pod: name,
    ...change,
  } as PodHourRow;
}

async function seeded() {
  const knex = await postgres.migrated();
  const [{ id }] = await knex('cost_clusters')
    .insert({ name: 'c1' })
    .returning('id');
  const ids: ContainerIds = new Map();
  const note = async (hour: number, ...pods: PodHourRow[]) => {
    await ContainerStore.create({ knex }).identify(id, pods, ids);
    await store.note(knex, at(hour), pods, ids);
    await storePodHour(knex, at(hour));
  };
  return { knex, note };
}

const noted = (knex: Knex) =>
  knex('cost_rollouts')
    .select('replica_set', 'first_hour')
    .orderBy('first_hour');

const spanOf = (from: number, until: number, name = 'web') => ({
  workload: { cluster: 'c1', namespace: 'shop', kind: 'Deployment', name },
  from: at(from),
  until: at(until),
});

describe('rollouts', () => {
  it('are noted by the first hour of a ReplicaSet, in whichever order hours come', async () => {
    const { knex, note } = await seeded();
    await note(5, podOf('web-bb-x2x7k'), podOf('web-bb-aaaaa'));
    await note(6, podOf('web-bb-x2x7k'));
    await note(4, podOf('web-aa-x2x7k'), podOf('web-bb-x2x7k'));
    await note(4, podOf('web-aa-x2x7k'), podOf('web-bb-x2x7k'));
    expect(await noted(knex)).toEqual([
      { replica_set: 'web-aa', first_hour: at(4) },
      { replica_set: 'web-bb', first_hour: at(4) },
    ]);
  });

  it('write nothing while the same pods run, but for once a week', async () => {
    const { knex, note } = await seeded();
    await note(5, podOf('web-bb-x2x7k'));
    const rows = () =>
      knex.raw('SELECT xmin::text, xmax::text FROM cost_rollouts');
    const before = (await rows()).rows;
    await note(6, podOf('web-bb-x2x7k'));
    expect((await rows()).rows).toEqual(before);
    await note(5 + 7 * 24, podOf('web-bb-x2x7k'));
    expect((await rows()).rows).not.toEqual(before);
  });

  it('are not of what has no ReplicaSet, nor of idle capacity', async () => {
    const { knex, note } = await seeded();
    await note(
      5,
      podOf('db-0', { workloadKind: 'StatefulSet', workload: 'db' }),
      podOf('', { bucket: 'idle', workloadKind: '', workload: '' }),
    );
    await note(6);
    expect(await noted(knex)).toEqual([]);
  });

  it('are told of a span, and never the first that is known', async () => {
    const { knex, note } = await seeded();
    await note(1, podOf('web-aa-x2x7k'));
    await note(2, podOf('web-aa-x2x7k'));
    await note(3, podOf('web-bb-x2x7k'));
    await note(
      4,
      podOf('web-cc-x2x7k'),
      podOf('web-cc-x2x7k', { container: 'proxy' }),
    );
    await note(8, podOf('web-cc-x2x7k'));
    await note(9, podOf('web-dd-x2x7k'));
    const [bb, cc, dd] = [3, 4, 9].map((hour, i) => ({
      replicaSet: ['web-bb', 'web-cc', 'web-dd'][i],
      hour: at(hour),
    }));
    expect(
      await store.of(knex, [
        spanOf(0, 3),
        spanOf(2, 9),
        spanOf(4, 10),
        spanOf(5, 9),
        spanOf(0, 10, 'other'),
      ]),
    ).toEqual([[], [bb, cc], [cc, dd], [], []]);
    expect(await store.of(knex, [])).toEqual([]);
  });

  it('are told by the last five', async () => {
    const { knex, note } = await seeded();
    for (const [hour, hash] of [...'abcdefgh'].entries()) {
      await note(hour, podOf(`web-${hash}-x2x7k`));
    }
    const [told] = await store.of(knex, [spanOf(0, 20)]);
    expect(told.map(({ replicaSet }) => replicaSet)).toEqual(
      [...'defgh'].map(hash => `web-${hash}`),
    );
  });

  it('are not what is first seen after a gap', async () => {
    const { knex, note } = await seeded();
    await note(1, podOf('web-aa-x2x7k'));
    await note(5, podOf('web-bb-x2x7k'));
    expect(await store.of(knex, [spanOf(0, 10)])).toEqual([[]]);
    await note(4, podOf('web-aa-x2x7k'));
    expect(await store.of(knex, [spanOf(0, 10)])).toMatchObject([
      [{ replicaSet: 'web-bb' }],
    ]);
  });

  it('are forgotten when they have not run for long: what ran before is no rollout', async () => {
    const { knex, note } = await seeded();
    const week = 7 * 24;
    await note(1, podOf('web-aa-x2x7k'), podOf('web-old-x2x7k'));
    await note(2, podOf('web-bb-x2x7k'));
    // Taken back.
    for (const hour of [3, 3 + week, 3 + 2 * week]) {
      await note(hour, podOf('web-aa-x2x7k'));
    }
    await store.forgetBefore(knex, at(4 + 2 * week));
    expect((await noted(knex)).map(row => row.replica_set)).toEqual(['web-aa']);
    await note(4 + 2 * week, podOf('web-aa-x2x7k'));
    expect(await store.of(knex, [spanOf(2, 5 + 2 * week)])).toEqual([[]]);
  });
});
