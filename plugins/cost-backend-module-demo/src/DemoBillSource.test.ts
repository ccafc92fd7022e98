import { mockServices } from '@backstage/backend-test-utils';
import { DemoCluster, startDemoCluster } from '@headroom/demo-cluster';
import { readClusters } from '@headroom/plugin-clusters-node';
import {
  BillCharge,
  decimalMicros,
  DecimalSum,
} from '@headroom/plugin-cost-common';
import { DemoBillSource } from './DemoBillSource';
import { demoSection } from './demoSection';
import { TelemetryClient } from './TelemetryClient';

const START = new Date('2026-01-29T00:00:00Z');
let now = new Date('2026-02-03T10:00:00Z');
let demo: DemoCluster;

beforeAll(async () => {
  demo = await startDemoCluster({
    start: START,
    now: () => now,
    ports: { 'us-west': 0, 'eu-central': 0 },
  });
}, 60_000);
afterAll(() => demo?.stop());

function source() {
  const config = mockServices.rootConfig({
    data: {
      headroom: {
        clusters: Object.entries(demo.urls).map(([name, url]) => ({
          name,
          demo: { url },
        })),
      },
    },
  });
  return DemoBillSource.create({
    client: TelemetryClient.create({ logger: mockServices.logger.mock() }),
    clusters: () => readClusters(config, { sections: [demoSection] }),
  });
}

async function january(): Promise<{ version: string; charges: BillCharge[] }> {
  const bills = source();
  const { signal } = new AbortController();
  const listed = await bills.deliveries(signal);
  expect(listed.map(({ name }) => name)).toEqual([
    'us-west/2026-01',
    'us-west/2026-02',
    'eu-central/2026-01',
    'eu-central/2026-02',
  ]);
  const charges: BillCharge[] = [];
  for await (const piece of bills.charges(listed[0], {
    tags: ['application'],
    signal,
  })) {
    charges.push(...piece);
  }
  return { version: listed[0].version, charges };
}

const billed = (charges: BillCharge[]) => {
  const sum = DecimalSum.create();
  charges.forEach(({ amounts }) => sum.add(amounts.billed));
  return decimalMicros(sum.value);
};

it('bills days by machine, and restates a month once it is over', async () => {
  const first = await january();
  expect(new Set(first.charges.map(({ day }) => day))).toEqual(
    new Set(['2026-01-29', '2026-01-30', '2026-01-31']),
  );
  expect(new Set(first.charges.map(({ item }) => item.period))).toEqual(
    new Set(['2026-01-01']),
  );
  expect(first.charges.map(({ item }) => item.tags.application)).toContain(
    'job-queue',
  );
  now = new Date('2026-02-04T10:00:00Z');
  const restated = await january();
  expect(restated.version).not.toBe(first.version);
  expect(restated.charges).toHaveLength(first.charges.length);
  expect(billed(restated.charges)).toBeLessThan(billed(first.charges));
});

it('gives the rows of a month once more, for an export', async () => {
  const { signal } = new AbortController();
  const bills = source();
  const [month] = await bills.deliveries(signal);
  const table = await bills.open(month, signal);
  expect(table?.columns).toEqual(expect.arrayContaining(['BilledCost']));
  let rows = 0;
  for await (const piece of table?.rows(signal) ?? []) {
    rows += piece.length;
  }
  const { charges } = await january();
  expect(rows).toBe(charges.length);
  const other = { ...month, version: 'another' };
  expect(await bills.open(other, signal)).toBeUndefined();
});
