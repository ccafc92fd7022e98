import { ServiceCostReport } from '@headroom/plugin-cost-common';
import { startCostBackend } from '../../__testUtils__/backend';
import { TestPostgres } from '../../__testUtils__/database';
import {
  container,
  FakeUsageSource,
  node,
} from '../../__testUtils__/FakeUsageSource';
import {
  runIngest,
  storedEntity,
  storeEntities,
} from '../../__testUtils__/ingest';

jest.setTimeout(120_000);

const postgres = TestPostgres.create();

/** A device that is busy half of the time; every other hour nobody says so. */
const halfBusy = FakeUsageSource.create(hour => ({
  nodes: [node(hour, { gpuDevices: 1, gpuModel: 'NVIDIA L4' })],
  containers: [
    container(hour, {
      gpuRequestDeviceSeconds: 3600,
      gpuBusyDeviceSeconds:
        new Date(hour).getUTCHours() % 2 === 0 ? 1800 : undefined,
    }),
  ],
}));

it('counts hours whose GPU use is unknown as neither busy nor unused', async () => {
  const knex = await postgres.migrated();
  await storeEntities(knex, [storedEntity()]);
  await runIngest({ knex, source: halfBusy, now: new Date().toISOString() });
  const api = await startCostBackend({ knex });
  const { body } = await api.get('/api/cost/v1/services/component/default/web');
  const { gpu }: ServiceCostReport = body;

  expect(gpu).toMatchObject({ paidHours: 48, knownHours: 24, busyHours: 12 });
  const days = gpu!.days.filter(({ paidHours }) => paidHours > 0);
  expect(days.length).toBeGreaterThan(1);
  for (const { knownHours, busyHours } of days) {
    expect(busyHours).toBe(knownHours ? knownHours / 2 : undefined);
  }
});
