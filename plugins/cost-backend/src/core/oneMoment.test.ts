import {
  GpuReport,
  ServiceCostReport,
  TeamCostReport,
} from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { HOUR_MS } from '@headroom/common';
import { startCostBackend } from '../__testUtils__/backend';
import { TestPostgres, untilBlocked } from '../__testUtils__/database';
import { FakeUsageSource } from '../__testUtils__/FakeUsageSource';
import {
  runIngest,
  storedEntity,
  storeEntities,
} from '../__testUtils__/ingest';

jest.setTimeout(120_000);

const postgres = TestPostgres.create();
const NOW = new Date(Math.floor(Date.now() / HOUR_MS) * HOUR_MS + HOUR_MS / 2);

async function someDays(): Promise<Knex> {
  const knex = await postgres.migrated();
  await storeEntities(knex, [
    storedEntity(),
    storedEntity({
      entityRef: 'group:default/shop',
      kind: 'group',
      name: 'shop',
      ownerRefs: [],
      annotations: {},
    }),
  ]);
  await runIngest({
    knex,
    source: FakeUsageSource.create(),
    now: NOW.toISOString(),
    config: { cost: { ingest: { backfill: { hours: 48 } } } },
  });
  return knex;
}

const rowsOf = ({ services }: TeamCostReport) =>
  services.reduce((sum, { total }) => sum + BigInt(total), 0n);

const SERVICE = '/api/cost/v1/services/component/default/web';
const DEARER = 'UPDATE cost_days SET cpu_micros = cpu_micros * 2';

/** A report, the table at which it is held up, what is written meanwhile, and whether it is of one moment. */
const REPORTS: Array<
  [string, string, string, (body: unknown, before: unknown) => void]
> = [
  [
    SERVICE,
    'cost_node_days',
    'DELETE FROM cost_links',
    body => {
      // One statement: it begins when it has all tables.
      const { breakdowns, headline, origin, status } =
        body as ServiceCostReport;
      expect(origin.links).toEqual([]);
      expect(status).toBe('no-workloads');
      expect(headline.total).toBe('0');
      expect(breakdowns.workload).toEqual([]);
    },
  ],
  [
    '/api/cost/v1/teams/group/default/shop',
    'cost_ingest_state',
    DEARER,
    (body, before) => {
      const { headline } = body as TeamCostReport;
      expect(headline.total).toBe((before as TeamCostReport).headline.total);
      expect(rowsOf(body as TeamCostReport)).toBe(BigInt(headline.total));
    },
  ],
  [
    `${SERVICE}/gpu`,
    'cost_links',
    'DELETE FROM cost_days',
    body => expect((body as GpuReport).status).toBe('no-gpus'),
  ],
  [
    `${SERVICE}/advice`,
    'cost_inventory_state',
    'DELETE FROM cost_links',
    body => expect(body).toMatchObject({ status: 'not-computed' }),
  ],
];

it.each(REPORTS)(
  '%s is of one moment: what is written while it is read is not in it',
  async (route, table, write, check) => {
    const knex = await someDays();
    const api = await startCostBackend({ knex });
    const before = await api.get(route);
    const writer = await knex.transaction();
    await writer.raw(`LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
    const [answer] = await Promise.all([
      api.get(route),
      untilBlocked(knex).then(async () => {
        await writer.raw(write);
        await writer.commit();
      }),
    ]);
    expect(answer.status).toBe(200);
    check(answer.body, before.body);
  },
);
