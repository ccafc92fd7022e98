import { DemoCluster, startDemoCluster } from '../startDemoCluster';

const START = new Date('2026-01-05T00:00:00Z');
const NOW = new Date('2026-03-06T12:34:56Z');

let demo: DemoCluster;

beforeAll(async () => {
  demo = await startDemoCluster({
    start: START,
    now: () => NOW,
    ports: { 'us-west': 0, 'eu-central': 0 },
  });
}, 60_000);

afterAll(async () => {
  await demo?.stop();
});

async function ask(path: string, cluster = 'us-west') {
  const response = await fetch(`${demo.urls[cluster]}/telemetry/v1/${path}`);
  return { status: response.status, body: await response.json() };
}

const DAY = 'start=2026-02-02T00:00:00Z&end=2026-02-03T00:00:00Z';

describe('telemetry', () => {
  it('says which cluster it is, and that it is a simulation', async () => {
    expect(await ask('info', 'eu-central')).toEqual({
      status: 200,
      body: {
        simulation: true,
        cluster: 'eu-central',
        title: expect.any(String),
        region: 'eu-central-1',
        firstHour: '2026-01-05T00:00:00.000Z',
        closedUntil: '2026-03-06T12:00:00.000Z',
      },
    });
  });

  it('answers a day of usage', async () => {
    const { status, body } = await ask(`usage?${DAY}`);
    expect(status).toBe(200);
    expect(new Set(body.nodes.map((node: any) => node.hour)).size).toBe(24);
    expect(body.containers.length).toBeGreaterThan(24 * 50);
    expect(body.missingHours).toEqual([]);
  });

  it('answers a day in a few megabytes', async () => {
    const response = await fetch(
      `${demo.urls['us-west']}/telemetry/v1/usage?${DAY}`,
    );
    expect((await response.text()).length).toBeLessThan(6e6);
  });

  it('mounts volumes, and shows one that nobody mounts', async () => {
    const { body } = await ask(
      'usage?start=2026-02-02T00:00:00Z&end=2026-02-02T01:00:00Z',
    );
    const volumes = new Map<string, any>(
      body.volumes.map((volume: any) => [volume.claim, volume]),
    );
    expect(volumes.get('data-redis-feature-store-0')).toMatchObject({
      namespace: 'payments',
      storageClass: 'gp3',
      capacityByteSeconds: 100 * 1024 ** 3 * 3600,
      pods: ['redis-feature-store-0'],
    });
    expect(volumes.get('legacy-importer-data').pods).toEqual([]);
  });

  it('shares the traffic of a service among its pods', async () => {
    const { body } = await ask(
      'usage?start=2026-02-02T00:00:00Z&end=2026-02-02T01:00:00Z',
    );
    const pods = new Set(body.containers.map((c: any) => c.pod));
    expect(body.network.length).toBeGreaterThan(10);
    for (const { pod, ...bytes } of body.network) {
      expect(pods).toContain(pod);
      expect(bytes.internetBytes ?? bytes.crossZoneBytes).toBeGreaterThan(0);
    }
  });

  it('never answers for an hour that is not over', async () => {
    const { body } = await ask(
      'units?start=2026-03-06T11:00:00Z&end=2026-03-06T14:00:00Z',
    );
    expect(new Set(body.units.map((unit: any) => unit.hour))).toEqual(
      new Set(['2026-03-06T11:00:00.000Z']),
    );
    const future = await ask(
      'usage?start=2026-03-06T12:00:00Z&end=2026-03-06T14:00:00Z',
    );
    expect(future.body).toMatchObject({
      nodes: [],
      containers: [],
      missingHours: ['2026-03-06T12:00:00.000Z', '2026-03-06T13:00:00.000Z'],
    });
  });

  it('prices spot by the week', async () => {
    const { body } = await ask(
      'prices?start=2026-02-02T00:00:00Z&end=2026-02-16T00:00:00Z',
    );
    const spot = body.nodes.filter(
      (price: any) =>
        price.capacityType === 'spot' && price.instanceType === 'm6i.2xlarge',
    );
    expect(spot.map((price: any) => [price.validFrom, price.validTo])).toEqual([
      ['2026-02-02', '2026-02-09'],
      ['2026-02-09', '2026-02-16'],
    ]);
    expect(spot[0].hourlyPrice).not.toBe(spot[1].hourlyPrice);
    const onDemand = body.nodes.find(
      (price: any) => price.instanceType === 'g5.4xlarge',
    );
    expect(onDemand.hourlyPrice).toBe('1.624');
  });

  it.each([
    ['usage', '"start" must be an instant'],
    ['usage?start=2026-02-02T00:00:00Z', '"end" must be an instant'],
    ['usage?start=yesterday&end=2026-02-02T00:00:00Z', '"start" must be'],
    [
      'usage?start=2026-02-02T00:30:00Z&end=2026-02-02T01:00:00Z',
      'must be on the hour',
    ],
    [
      'units?start=2026-02-02T01:00:00Z&end=2026-02-02T01:00:00Z',
      '"start" must lie before "end"',
    ],
    [
      'prices?start=2026-01-01T00:00:00Z&end=2026-02-02T00:00:00Z',
      'at most 31 days',
    ],
  ])('answers %s with 400 and a sentence', async (path, sentence) => {
    expect(await ask(path)).toEqual({
      status: 400,
      body: { error: expect.stringContaining(sentence) },
    });
  });

  it('bills days that are over, and no others', async () => {
    const { body } = await ask('bills');
    expect(body.months.at(-1)).toMatchObject({
      month: '2026-03',
      end: '2026-03-06',
    });
    const day = await ask('bill?day=2026-03-05');
    expect(day.body.rows[0]).toHaveLength(day.body.header.length);
    expect(await ask('bill?day=2026-03-06')).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining('must be a day that is billed') },
    });
  });

  it('answers 404 to what it does not have', async () => {
    expect(await ask('invoices')).toMatchObject({
      status: 404,
      body: { error: 'There is no GET /telemetry/v1/invoices.' },
    });
  });
});
