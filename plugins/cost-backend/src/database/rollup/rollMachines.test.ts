import { Knex } from 'knex';
import { TestPostgres } from '../../__testUtils__/database';
import { ensurePartitions } from '../partitions';
import { POD_MEASURES } from '../PodHourStore';
import { forgetMachines, rollMachines } from './rollMachines';

jest.setTimeout(120_000);

const postgres = TestPostgres.create();
const CLUSTER = 1;
const DAY = '2026-06-02';
/** Bounds of a day in Tokyo, nine hours before those of UTC. */
const TOKYO: [Date, Date] = [
  new Date('2026-06-01T15:00:00Z'),
  new Date('2026-06-02T15:00:00Z'),
];
const UTC: [Date, Date] = [
  new Date(`${DAY}T00:00:00Z`),
  new Date('2026-06-03T00:00:00Z'),
];

/** A pod had a machine for one micro an hour, from an hour after 1 June 0:00 UTC on. */
async function ran(
  knex: Knex,
  {
    from = 0,
    hours = 24,
    container = 7,
    machine = 5 as number | null,
    node = 'n',
  } = {},
) {
  const start = Date.parse('2026-06-01T00:00:00Z');
  const hourAt = (i: number) => new Date(start + (from + i) * 3_600_000);
  await ensurePartitions(knex, new Date(start));
  await knex.raw(
    `INSERT INTO cost_clusters (id, name) OVERRIDING SYSTEM VALUE VALUES (?, 'c1') ON CONFLICT DO NOTHING`,
    [CLUSTER],
  );
  await knex.batchInsert(
    'cost_pod_hours',
    Array.from({ length: hours }, (_, i) => ({
      cluster_id: CLUSTER,
      hour: hourAt(i),
      container_id: container,
      pod: 'p',
      node,
      machine_id: machine,
      ...Object.fromEntries(POD_MEASURES.map(column => [column, 0])),
      cpu_micros: 1,
    })),
  );
  await knex('cost_ingest_hours')
    .insert(
      Array.from({ length: hours }, (_, i) => ({
        cluster_id: CLUSTER,
        hour: hourAt(i),
        status: 'complete',
        source: 'prometheus',
        content_hash: `${container} ${machine}`,
        ingested_at: hourAt(i + 1),
      })),
    )
    .onConflict(['cluster_id', 'hour'])
    .merge(['content_hash']);
}

async function known(knex: Knex) {
  const rows = await knex('cost_machine_totals')
    .select(knex.raw('day::text, machine_id, micros::integer'))
    .orderBy(['day', 'machine_id']);
  return rows.map(row => Object.values(row).join(' '));
}

describe('who had which machine', () => {
  it('is summed by day of UTC, whatever the zone, once the day is over', async () => {
    const knex = await postgres.migrated();
    await ran(knex, { hours: 24 + 15 });
    await rollMachines(knex, CLUSTER, TOKYO);
    // The second of June is not over in UTC.
    expect(await known(knex)).toEqual(['2026-06-01 5 24']);
    await ran(knex, { from: 39, hours: 9 });
    await rollMachines(knex, CLUSTER, TOKYO);
    expect(await known(knex)).toEqual(['2026-06-01 5 24', `${DAY} 5 24`]);
    expect(await knex('cost_machine_days').sum('cpu_micros')).toEqual([
      { sum: '48' },
    ]);
  });

  it('is summed again when hours are others, and only then', async () => {
    const knex = await postgres.migrated();
    await ran(knex, { from: 24 });
    await rollMachines(knex, CLUSTER, UTC);
    const writer = async () =>
      (await knex('cost_machine_days').first(knex.raw('xmin::text'))).xmin;
    const before = await writer();
    await rollMachines(knex, CLUSTER, UTC);
    expect(await writer()).toBe(before);
    await ran(knex, { from: 30, hours: 1, container: 8 });
    await rollMachines(knex, CLUSTER, UTC);
    expect(await writer()).not.toBe(before);
    expect(await known(knex)).toEqual([`${DAY} 5 25`]);
  });

  it('is known though nothing ran in some hours but what is on no node', async () => {
    const knex = await postgres.migrated();
    await ran(knex, { from: 24, hours: 20, machine: null, node: '' });
    await ran(knex, { from: 44, hours: 4 });
    await rollMachines(knex, CLUSTER, UTC);
    expect(await known(knex)).toEqual([`${DAY} 5 4`]);
  });

  it('is forgotten before a day, but not that it was summed', async () => {
    const knex = await postgres.migrated();
    await ran(knex, { hours: 48 });
    await rollMachines(knex, CLUSTER, UTC);
    await forgetMachines(knex, DAY);
    expect(await known(knex)).toEqual([`${DAY} 5 24`]);
    expect(
      await knex('cost_machine_days').distinct(knex.raw('day::text')),
    ).toEqual([{ day: DAY }]);
    expect(await knex('cost_machine_sums')).toHaveLength(2);
  });

  it('catches up with the day before, whose last hour never came', async () => {
    const knex = await postgres.migrated();
    await ran(knex, { hours: 20 });
    await rollMachines(knex, CLUSTER, [
      new Date('2026-06-01T00:00:00Z'),
      new Date('2026-06-02T00:00:00Z'),
    ]);
    expect(await known(knex)).toEqual([]);
    await ran(knex, { from: 26, hours: 1 });
    await rollMachines(knex, CLUSTER, UTC);
    expect(await known(knex)).toEqual(['2026-06-01 5 20']);
  });

  it('is not known of a day with an hour in which no machine has a name', async () => {
    const knex = await postgres.migrated();
    await ran(knex, { from: 24, hours: 10, machine: null });
    await ran(knex, { from: 34, hours: 14 });
    await rollMachines(knex, CLUSTER, UTC);
    expect(await known(knex)).toEqual([]);
    // A pod without one, beside others that have one, is on no machine.
    await ran(knex, { from: 24, hours: 10, container: 8 });
    await rollMachines(knex, CLUSTER, UTC);
    expect(await known(knex)).toEqual([`${DAY} 5 24`]);
  });

  it('stays as it is when the pods of the day are gone', async () => {
    const knex = await postgres.migrated();
    await ran(knex, { from: 24 });
    await rollMachines(knex, CLUSTER, UTC);
    await knex('cost_pod_hours').delete();
    await ran(knex, { from: 48, hours: 1 });
    await rollMachines(knex, CLUSTER, UTC);
    expect(await known(knex)).toEqual([`${DAY} 5 24`]);
  });
});
