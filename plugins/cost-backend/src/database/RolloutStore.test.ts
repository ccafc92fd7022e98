import { HourRow, PodHourRow } from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { TestPostgres } from '../__testUtils__/database';
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

  it('write nothing while the same pods run', async () => {
    const { knex, note } = await seeded();
    await note(5, podOf('web-bb-x2x7k'));
    const rows = () =>
      knex.raw('SELECT xmin::text, xmax::text FROM cost_rollouts');
    const before = (await rows()).rows;
    await note(6, podOf('web-bb-x2x7k'));
    expect((await rows()).rows).toEqual(before);
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

  it('are told by the last one of a span, and never by the first that is known', async () => {
    const { knex, note } = await seeded();
    await note(1, podOf('web-aa-x2x7k'));
    await note(3, podOf('web-bb-x2x7k'));
    await note(
      4,
      podOf('web-cc-x2x7k'),
      podOf('web-cc-x2x7k', { container: 'proxy' }),
    );
    await note(9, podOf('web-dd-x2x7k'));
    expect(
      await store.last(knex, [
        spanOf(0, 3),
        spanOf(2, 9),
        spanOf(4, 10),
        spanOf(5, 9),
        spanOf(0, 10, 'other'),
      ]),
    ).toEqual([
      undefined,
      { replicaSet: 'web-cc', hour: at(4) },
      { replicaSet: 'web-dd', hour: at(9) },
      undefined,
      undefined,
    ]);
    expect(await store.last(knex, [])).toEqual([]);
  });

  it('are forgotten with the pods, but for the one that goes on', async () => {
    const { knex, note } = await seeded();
    await note(1, podOf('web-aa-x2x7k'));
    await note(3, podOf('web-bb-x2x7k'));
    await note(9, podOf('web-cc-x2x7k'));
    await store.forgetBefore(knex, at(5));
    expect((await noted(knex)).map(row => row.replica_set)).toEqual([
      'web-bb',
      'web-cc',
    ]);
    await note(6, podOf('web-bb-x2x7k'));
    expect(await store.last(knex, [spanOf(4, 9)])).toEqual([undefined]);
  });
});
