import { mockServices } from '@backstage/backend-test-utils';
import { CLOUD_RESOURCE, HOUR_MS } from '@headroom/common';
import { Fence } from '@headroom/node';
import {
  BillCharge,
  BillItem,
  BillPayer,
  BillPayers,
  BillReport,
  costReadPermission,
  parseDecimal,
} from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
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
import { shareBills } from '../../__testUtils__/shareBills';
import {
  costConditions,
  createCostConditionalDecision,
} from '../../core/permissions/conditions';
import { BillOwnerStore } from '../../database/BillOwnerStore';
import { BillStore } from '../../database/BillStore';
import { CLAIMING_ANNOTATIONS } from '../../database/entityMirror';
import { BillImport } from './BillImport';
import { BillOwnership, BillOwnershipOptions } from './BillOwnership';

jest.setTimeout(120_000);

const postgres = TestPostgres.create();
const DAY = '2026-06-01';
const WEB = 'component:default/web';

/** A day of on-demand nodes, each with one container, which has a quarter of it. */
async function ingest(
  knex: Knex,
  machines: Record<string, string> = { web: 'i-0abc' },
) {
  const names = Object.entries(machines);
  await storeEntities(
    knex,
    names.map(([name]) =>
      storedEntity({
        entityRef: `component:default/${name}`,
        name,
        annotations: { 'backstage.io/kubernetes-id': name },
      }),
    ),
  );
  await runIngest({
    knex,
    isBilled: true,
    source: FakeUsageSource.create(hour => ({
      nodes: names.map(([name, machine]) =>
        node(hour, {
          node: `node-of-${name}`,
          providerId: `aws:///us-west-2a/${machine}`,
        }),
      ),
      containers: names.map(([name]) =>
        container(hour, {
          node: `node-of-${name}`,
          pod: `${name}-1`,
          workload: name,
          labels: { 'backstage.io/kubernetes-id': name },
        }),
      ),
      volumes: [],
      network: [],
    })),
    now: new Date(Date.parse(`${DAY}T00:30:00Z`) + 24 * HOUR_MS).toISOString(),
    config: { cost: { ingest: { backfill: { hours: 24 } } } },
  });
}

const ITEM: BillItem = {
  period: '2026-06-01',
  currency: 'USD',
  provider: 'AWS',
  billingAccount: '999',
  subAccount: '111',
  service: 'EC2',
  serviceCategory: 'Compute',
  region: 'us-west-2',
  resourceId: 'i-0abc',
  category: 'Usage',
  correction: false,
  frequency: 'Usage-Based',
  pricing: 'Standard',
  commitment: '',
  commitmentId: '',
  tags: {},
};

function charge(
  billed: string,
  effective: string,
  item: Partial<BillItem> = {},
): BillCharge {
  const amount = parseDecimal(billed)!;
  return {
    item: { ...ITEM, ...item },
    day: DAY,
    amounts: {
      billed: amount,
      effective: parseDecimal(effective)!,
      list: amount,
      contracted: amount,
    },
  };
}

const CHARGES = [
  charge('0', '1.20000000004'),
  charge('0.0000003', '0.0000003', { resourceId: 'vol-1', service: 'EBS' }),
  charge('0.0000003', '0.0000003', { resourceId: 'vol-2', service: 'EFS' }),
  charge('5', '5', {
    resourceId: 'db-1',
    service: 'RDS',
    tags: { application: 'Web' },
  }),
  charge('100', '0', {
    resourceId: '',
    service: 'Savings Plans',
    category: 'Purchase',
    commitmentId: 'sp-1',
  }),
  charge('-0.5', '-0.5', { resourceId: '', category: 'Credit' }),
  charge('0.1', '0.1', { resourceId: '', correction: true }),
];

async function importBill(knex: Knex, charges: BillCharge[]) {
  await readBill(knex, charges);
  await assign(knex, { rules: [] });
}

async function readBill(knex: Knex, charges: BillCharge[], version = '1') {
  const { signal } = new AbortController();
  const fence = Fence.create({ prefix: 'cost', task: 'cost-bill' });
  await BillImport.create({
    sources: [
      {
        id: 'aws',
        deliveries: async () => [{ name: 'june', version }],
        async *charges() {
          yield charges;
        },
      },
    ],
    store: BillStore.create({ knex, fence }),
    tags: ['application'],
    share: 1,
    logger: mockServices.logger.mock(),
    now: () => new Date('2026-06-02T00:00:00Z'),
  }).run(signal, signal);
  await shareBills(knex);
}

function ownershipOf(
  knex: Knex,
  {
    rules,
    mayName = () => true,
  }: Pick<BillOwnershipOptions, 'rules'> &
    Partial<Pick<BillOwnershipOptions, 'mayName'>>,
) {
  return BillOwnership.create({
    store: BillOwnerStore.create({
      knex,
      fence: Fence.create({ prefix: 'cost', task: 'cost-bill' }),
    }),
    rules,
    mayName,
    serviceTags: ['application'],
  });
}

async function assign(
  knex: Knex,
  options: Pick<BillOwnershipOptions, 'rules'>,
) {
  const { signal } = new AbortController();
  await ownershipOf(knex, options).run(signal);
}

async function answer<T>(knex: Knex, path: string): Promise<T> {
  const http = await startCostBackend({ knex });
  const { body, status } = await http.get(`/api/cost/v1/bill${path}`);
  expect({ status, body }).toMatchObject({ status: 200 });
  return body;
}

const month = async (knex: Knex, query: string) =>
  answer<BillReport>(knex, query);
const payersOf = async (knex: Knex, query: string) =>
  (await answer<BillPayers>(knex, `/payers${query}`)).payers;

const sum = (amounts: string[]) =>
  amounts.reduce((all, amount) => all + BigInt(amount), 0n).toString();

describe('GET /v1/bill', () => {
  let knex: Knex;
  beforeAll(async () => {
    knex = await postgres.migrated();
    await ingest(knex);
    await importBill(knex, CHARGES);
  });

  it('moves what was estimated to what was billed, and sums to the bill', async () => {
    const { bills, ...report } = await month(knex, '');
    expect(report).toMatchObject({
      period: '2026-06-01',
      days: { start: DAY, end: '2026-06-02' },
      basis: 'effective',
      deliveries: [{ source: 'aws', name: 'june', charges: 7 }],
    });
    expect(bills).toHaveLength(1);
    const [bill] = bills;
    expect(bill).toMatchObject({
      currency: 'USD',
      total: '5800001',
      invoice: '104600001',
      // Without what was bought in advance.
      list: '4600001',
      corrections: '100000',
      allocated: {
        machines: '1200000',
        direct: '5000000',
        notAllocated: '-399999',
      },
      machines: [
        {
          cluster: 'c1',
          capacityType: 'on-demand',
          amount: '1200000',
          estimated: '28800000',
        },
      ],
      payers: 1,
    });
    const payers = await payersOf(knex, '');
    expect(payers).toEqual([
      {
        entityRef: WEB,
        title: 'web',
        direct: '5000000',
        machines: '300001',
        estimated: '7200024',
      },
    ]);
    const { machines, direct, notAllocated, idle } = bill.allocated;
    expect(sum([machines, direct, notAllocated])).toBe(bill.total);
    const [{ machines: ofWeb }] = payers;
    expect(sum([ofWeb, idle])).toBe(machines);
  });

  it.each([
    'service',
    'category',
    'provider',
    'account',
    'region',
    'resource',
    'day',
  ])('sums to the same by %s, in both bases', async groupBy => {
    for (const [basis, total] of [
      ['effective', '5800001'],
      ['billed', '104600001'],
    ]) {
      const query = `?month=2026-06&groupBy=${groupBy}&basis=${basis}`;
      const {
        bills: [bill],
      } = await month(knex, query);
      expect(bill.total).toBe(total);
      expect(sum(bill.rows.map(({ amount }) => amount))).toBe(total);
      expect(sum(bill.categories.map(({ amount }) => amount))).toBe(total);
      expect(bill.rows.reduce((all, { charges }) => all + charges, 0)).toBe(7);
    }
  });

  it('gives the micro that is missing to one of those that have a part of it', async () => {
    const {
      bills: [{ rows }],
    } = await month(knex, '?groupBy=service');
    expect(rows.map(({ key, amount }) => [key, amount])).toEqual([
      ['RDS', '5000000'],
      ['EC2', '800000'],
      ['EBS', '1'],
      ['EFS', '0'],
      ['Savings Plans', '0'],
    ]);
  });

  it('says while it is not known who pays for what was imported last', async () => {
    const isSplit = async () => (await month(knex, '')).isSplit;
    expect(await isSplit()).toBe(true);
    await knex('cost_bill_deliveries').update({
      imported_at: '2026-06-03T00:00:00Z',
    });
    expect(await isSplit()).toBe(false);
    await shareBills(knex);
    expect(await isSplit()).toBe(true);
  });

  it('says which months there are, and what can be asked', async () => {
    const http = await startCostBackend({ knex });
    const missing = await http.get('/api/cost/v1/bill?month=2026-05');
    expect(missing.status).toBe(404);
    expect(missing.body.error.message).toBe(
      'There is no bill of 2026-05; there are bills of 2026-06',
    );
    const wrong = await http.get('/api/cost/v1/bill?month=May');
    expect(wrong.status).toBe(400);
    expect(wrong.body.error.message).toContain('must be a month such as');
  });

  it.each(['', '/payers'])(
    'is for who may see what everything costs: %s',
    async path => {
      const http = await startCostBackend({
        knex,
        decision: createCostConditionalDecision(
          costReadPermission,
          costConditions.isOwner({ claims: ['group:default/shop'] }),
        ),
      });
      const { status, body } = await http.get(`/api/cost/v1/bill${path}`);
      expect(status).toBe(403);
      expect(body.error.message).toContain('cost.read for every service');
    },
  );

  it.each([
    [
      '?month=2026-05',
      404,
      'There is no bill of 2026-05; there are bills of 2026-06',
    ],
    ['?currency=EUR', 400, 'currency is "EUR"; the bill of 2026-06 is in USD'],
    ['?sort=name', 400, /^sort is "name"; it must be one of service, /],
    ['?limit=0', 400, /^limit is "0"; limit is a whole number from 1 to 1000/],
  ])(
    'says who pays, and what can be asked: %s',
    async (query, status, message) => {
      const http = await startCostBackend({ knex });
      const answered = await http.get(`/api/cost/v1/bill/payers${query}`);
      expect(answered.status).toBe(status);
      expect(answered.body.error.message).toMatch(message);
    },
  );
});

it('gives what a machine is billed to who had it, and of one that is not known to all of its kind', async () => {
  const knex = await postgres.migrated();
  await ingest(knex, { web: 'i-0a', api: 'i-0b' });
  await knex.raw(
    `INSERT INTO cost_machines (machine, cluster_id, region, capacity_type)
     SELECT 'i-0c', id, 'us-west-2', 'on-demand' FROM cost_clusters`,
  );
  const bill = (b: string) => [
    charge('1', '1', { resourceId: 'i-0a' }),
    charge(b, b, { resourceId: 'i-0b' }),
    charge('2', '2', { resourceId: 'i-0c' }),
  ];
  const told = async () => {
    const { bills } = await month(knex, '');
    const [{ allocated, machines }] = bills;
    const services = await payersOf(knex, '');
    const cents = (micros: string) => Math.round(Number(micros) / 10_000);
    return {
      ...Object.fromEntries(
        services.map(each => [
          each.entityRef.split('/')[1],
          cents(each.machines),
        ]),
      ),
      idle: cents(allocated.idle),
      notAllocated: allocated.notAllocated,
      kinds: machines.length,
      estimated: services.map(({ estimated }) => estimated),
    };
  };
  await importBill(knex, bill('9'));
  expect(await told()).toEqual({
    web: 25 + 25,
    api: 225 + 25,
    idle: 750 + 150,
    notAllocated: '0',
    kinds: 1,
    // Once, though each has a part of what is known and of what is not.
    estimated: ['7200024', '7200024'],
  });
  // A restatement is given to who had that machine alone.
  await readBill(knex, bill('5'), '2');
  expect(await told()).toMatchObject({ web: 50, api: 125 + 25 });
  // Where nothing is known of any machine, all of a kind are one.
  await knex('cost_machine_totals').delete();
  await knex('cost_machine_sums').delete();
  await shareBills(knex);
  expect(await told()).toEqual({
    web: 100,
    api: 100,
    idle: 600,
    notAllocated: '0',
    kinds: 1,
    estimated: ['7200024', '7200024'],
  });
});

it('follows whatever a bill is made of, though it remembers it', async () => {
  const knex = await postgres.migrated();
  await ingest(knex, { web: 'i-0a', api: 'i-0b' });
  await importBill(knex, [
    charge('1', '1', { resourceId: 'i-0a' }),
    charge('9', '9', { resourceId: 'i-0b' }),
  ]);
  const http = await startCostBackend({ knex });
  const told = async () => {
    const { body } = await http.get('/api/cost/v1/bill/payers?sort=service');
    const report = await http.get('/api/cost/v1/bill');
    return {
      total: report.body.bills[0].total,
      payers: body.payers.map(({ title, machines, direct }: BillPayer) => [
        title,
        Math.round(Number(machines) / 10_000),
        Number(direct),
      ]),
    };
  };
  const first = {
    total: '10000000',
    payers: [
      ['api', 225, 0],
      ['web', 25, 0],
    ],
  };
  expect(await told()).toEqual(first);
  expect(await told()).toEqual(first);

  await knex('cost_entities').where({ name: 'web' }).update({ title: 'Shop' });
  expect((await told()).payers[1]).toEqual(['Shop', 25, 0]);

  await knex.raw(
    `UPDATE cost_links SET entity_id = (SELECT id FROM cost_entities WHERE name = 'web')`,
  );
  expect((await told()).payers).toEqual([['Shop', 250, 0]]);

  await readBill(
    knex,
    [
      charge('1', '1', { resourceId: 'i-0a' }),
      charge('5', '5', { resourceId: 'i-0b' }),
      charge('2', '2', { resourceId: 'db', service: 'RDS' }),
    ],
    '2',
  );
  expect(await told()).toEqual({
    total: '8000000',
    payers: [['Shop', 150, 0]],
  });

  await knex('cost_bill_items')
    .where({ service: 'RDS' })
    .update({ entity_ref: WEB });
  expect((await told()).payers).toEqual([['Shop', 150, 2000000]]);
});

it('takes a bill for another one when any of it changed, and not when statements changed nothing', async () => {
  const knex = await postgres.migrated();
  await ingest(knex);
  await importBill(knex, CHARGES);
  const version = async () =>
    (
      await knex('cost_table_versions')
        .whereIn('name', [
          'cost_bill_items',
          'cost_bill_restatements',
          'cost_bill_shared',
          'cost_entities',
          'cost_links',
          'cost_machines',
        ])
        .orderBy('name')
        .pluck('version')
    ).join();
  const first = await version();
  expect(first.split(',')).toHaveLength(6);
  await knex('cost_links').where('container_id', -1).delete();
  await knex('cost_entities').where('id', -1).update({ title: 'x' });
  await knex.raw(
    'INSERT INTO cost_machines (machine, cluster_id, region, capacity_type) SELECT machine, cluster_id, region, capacity_type FROM cost_machines ON CONFLICT DO NOTHING',
  );
  await knex('cost_bill_restatements').delete();
  expect(await version()).toBe(first);
  const seen = new Set([first]);
  const changes = [
    knex('cost_bill_items').where({ service: 'RDS' }).update({ charges: 2 }),
    knex('cost_machines').update({ region: 'eu' }),
    knex('cost_links').delete(),
    knex('cost_entities').update({ title: 'x' }),
    knex('cost_bill_shared').update({ fingerprint: 'x' }),
    knex('cost_bill_restatements').insert({
      source: 'aws',
      name: 'june',
      period: '2026-06-01',
      currency: 'USD',
      at: DAY,
      billed: 1,
      effective: 1,
    }),
    knex.raw('TRUNCATE cost_links'),
  ];
  for (const change of changes) {
    await change;
    seen.add(await version());
  }
  expect(seen.size).toBe(changes.length + 1);
});

it('answers that there is no bill yet', async () => {
  const knex = await postgres.migrated();
  const http = await startCostBackend({ knex });
  const payers = await http.get('/api/cost/v1/bill/payers');
  expect(payers.status).toBe(404);
  expect(payers.body.error.message).toBe('No bill was read yet');
  const { status, body } = await http.get('/api/cost/v1/bill');
  expect({ status, body }).toMatchObject({
    status: 200,
    body: { periods: [], bills: [], deliveries: [] },
  });
});

it('follows rules, tags and the catalog as they are by now', async () => {
  const knex = await postgres.migrated();
  await storeEntities(knex, [
    storedEntity(),
    storedEntity({ entityRef: 'resource:default/db', name: 'db' }),
  ]);
  await importBill(knex, [
    charge('1', '1', { resourceId: 'db-1', service: 'RDS' }),
    charge('2', '2', { resourceId: 'x', tags: { application: 'WEB' } }),
  ]);
  const owned = () =>
    knex('cost_bill_items')
      .whereNotNull('entity_ref')
      .orderBy('resource_id')
      .pluck('entity_ref');
  expect(await owned()).toEqual([WEB]);
  const rule = { entityRef: 'resource:default/db', service: 'rds' };
  await assign(knex, { rules: [rule] });
  expect(await owned()).toEqual(['resource:default/db', WEB]);
  await knex('cost_entities')
    .where({ name: 'web' })
    .update({ vanished_at: new Date() });
  await assign(knex, { rules: [] });
  expect(await owned()).toEqual([]);
});

it('lets nobody take by an annotation what a tag gives, nor from where it is not trusted', async () => {
  const knex = await postgres.migrated();
  const mine = { 'headroom.io/cloud-resource': 'db-1, db-2' };
  await storeEntities(knex, [
    storedEntity(),
    storedEntity({
      entityRef: 'component:default/taker',
      name: 'taker',
      annotations: mine,
    }),
  ]);
  await importBill(knex, [
    charge('1', '1', { resourceId: 'db-1', tags: { application: 'web' } }),
    charge('2', '2', { resourceId: 'db-2' }),
  ]);
  const owners = () =>
    knex('cost_bill_items').orderBy('resource_id').pluck('entity_ref');
  expect(await owners()).toEqual([WEB, 'component:default/taker']);
  const asked: unknown[] = [];
  const { signal } = new AbortController();
  await ownershipOf(knex, {
    rules: [],
    mayName: location => {
      asked.push(location);
      return false;
    },
  }).run(signal);
  expect(await owners()).toEqual([WEB, null]);
  const { location } = await knex('cost_entities')
    .where({ name: 'taker' })
    .first('location');
  expect(asked).toEqual([location ?? undefined]);
});

it('looks through items when there are others or other services, and not else', async () => {
  const knex = await postgres.migrated();
  await storeEntities(knex, [storedEntity()]);
  const charges = [
    charge('2', '2', { resourceId: 'x', tags: { application: 'web' } }),
  ];
  await importBill(knex, charges);
  const owner = () => knex('cost_bill_items').first('entity_ref');
  const forget = () => knex('cost_bill_items').update({ entity_ref: null });
  const ownership = ownershipOf(knex, { rules: [] });
  const { signal } = new AbortController();
  await ownership.run(signal);
  await forget();
  await ownership.run(signal);
  expect(await owner()).toEqual({ entity_ref: null });
  await readBill(knex, charges, '2');
  await ownership.run(signal);
  expect(await owner()).toEqual({ entity_ref: WEB });
  await forget();
  await storeEntities(knex, [
    storedEntity(),
    storedEntity({ entityRef: 'component:default/new', name: 'new' }),
  ]);
  await ownership.run(signal);
  expect(await owner()).toEqual({ entity_ref: WEB });
});

it('decides of new charges in a later turn when the one that read them was broken off', async () => {
  const knex = await postgres.migrated();
  await storeEntities(knex, [storedEntity()]);
  const charges = [
    charge('2', '2', { resourceId: 'x', tags: { application: 'web' } }),
  ];
  const { signal } = new AbortController();
  const replicas = [0, 1].map(() => ownershipOf(knex, { rules: [] }));
  const owners = () =>
    knex('cost_bill_items').orderBy('resource_id').pluck('entity_ref');
  for (const replica of replicas) {
    await replica.run(signal);
  }
  await readBill(knex, charges);
  await expect(replicas[0].run(AbortSignal.abort())).rejects.toThrow();
  expect(await owners()).toEqual([null]);
  await replicas[0].run(signal);
  expect(await owners()).toEqual([WEB]);

  const more = charge('3', '3', {
    resourceId: 'y',
    tags: { application: 'web' },
  });
  await readBill(knex, [...charges, more], '2');
  // The replica that read them is gone; this one has nothing new to read.
  await replicas[1].run(signal);
  expect(await owners()).toEqual([WEB, WEB]);
});

it('decides anew when another replica has decided with other services since', async () => {
  const knex = await postgres.migrated();
  await storeEntities(knex, [storedEntity()]);
  const { signal } = new AbortController();
  const [first, second] = [0, 1].map(() => ownershipOf(knex, { rules: [] }));
  await readBill(knex, [
    charge('2', '2', { resourceId: 'x', tags: { application: 'web' } }),
  ]);
  await first.run(signal);
  const web = () => knex('cost_entities').where({ name: 'web' });
  await web().update({ vanished_at: new Date() });
  await second.run(signal);
  await web().update({ vanished_at: null });
  await first.run(signal);
  expect(await knex('cost_bill_items').pluck('entity_ref')).toEqual([WEB]);
});

describe('GET /v1/services/:kind/:namespace/:name/bill', () => {
  const DB = '/api/cost/v1/services/resource/default/db/bill';
  const ID = 'arn:aws:rds:us-west-2:9:db:Orders';
  let knex: Knex;

  const day = (date: string, period: string, amount: string, id = ID) => ({
    ...charge(amount, amount, { resourceId: id, service: 'RDS', period }),
    day: date,
  });

  beforeAll(async () => {
    knex = await postgres.migrated();
    await storeEntities(knex, [
      storedEntity(),
      storedEntity({
        entityRef: 'resource:default/db',
        kind: 'resource',
        name: 'db',
        annotations: {
          'headroom.io/cloud-resource': `${ID.toUpperCase()}, arn:other`,
        },
      }),
      storedEntity({
        entityRef: 'resource:default/idle',
        kind: 'resource',
        name: 'idle',
        ownerRefs: ['group:default/other'],
        annotations: {},
      }),
    ]);
    await importBill(knex, [
      day('2026-05-01', '2026-05-01', '2'),
      day('2026-05-02', '2026-05-01', '2'),
      day('2026-05-30', '2026-05-01', '7'),
      day('2026-06-01', '2026-06-01', '1.0000004'),
      day('2026-06-02', '2026-06-01', '2.0000004'),
      day('2026-06-02', '2026-06-01', '3', 'arn:other'),
      day('2026-06-02', '2026-06-01', '9', 'arn:of-nobody'),
      {
        ...charge('4', '4', {
          resourceId: ID,
          period: '2026-05-01',
          currency: 'EUR',
        }),
        day: '2026-05-30',
      },
    ]);
  });

  it('is of the charges that it names, by day, month and resource', async () => {
    const http = await startCostBackend({ knex });
    const { body, status } = await http.get(DB);
    expect({ status, body }).toMatchObject({
      status: 200,
      body: {
        status: 'ok',
        bills: [
          {
            currency: 'USD',
            period: '2026-06-01',
            end: '2026-06-03',
            amount: '6000001',
            // The second of June is the newest, and may be charged in part.
            compared: {
              current: {
                start: '2026-06-01',
                end: '2026-06-02',
                amount: '1000000',
              },
              previous: {
                start: '2026-05-01',
                end: '2026-05-02',
                amount: '2000000',
              },
            },
            days: [
              { day: '2026-06-01', partial: false },
              { day: '2026-06-02', partial: true },
            ],
            months: [
              { period: '2026-06-01', amount: '6000001' },
              { period: '2026-05-01', amount: '11000000' },
            ],
          },
          {
            currency: 'EUR',
            period: '2026-05-01',
            end: '2026-06-01',
            amount: '4000000',
            months: [{ period: '2026-05-01', amount: '4000000' }],
          },
        ],
      },
    });
    const [{ days, resources, amount }] = body.bills;
    expect(sum(days.map((each: { amount: string }) => each.amount))).toBe(
      amount,
    );
    expect(sum(resources.map((each: { amount: string }) => each.amount))).toBe(
      amount,
    );
    expect(resources.map(({ key }: { key: string }) => key).sort()).toEqual([
      ID,
      'arn:other',
    ]);
  });

  it('says when no charge is its own', async () => {
    const http = await startCostBackend({ knex });
    const { body } = await http.get(DB.replace('/db/', '/idle/'));
    expect(body).toMatchObject({ status: 'no-charges', bills: [] });
  });

  it('is for who may see what it costs', async () => {
    const http = await startCostBackend({
      knex,
      decision: createCostConditionalDecision(
        costReadPermission,
        costConditions.isOwner({ claims: ['group:default/shop'] }),
      ),
    });
    expect((await http.get(DB)).status).toBe(200);
    const { status, body } = await http.get(DB.replace('/db/', '/idle/'));
    expect(status).toBe(403);
    expect(body.error.message).toContain('cost.read for resource:default/idle');
  });
});

it('keeps the annotation that names resources of the cloud', () => {
  const keeps = (key: string) => CLAIMING_ANNOTATIONS.test(key);
  expect(keeps(CLOUD_RESOURCE)).toBe(true);
  expect(keeps('headroom.io/cloud-resources')).toBe(false);
});
