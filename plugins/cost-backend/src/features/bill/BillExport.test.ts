import { createBackendModule } from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { HOUR_MS } from '@headroom/common';
import { Fence } from '@headroom/node';
import {
  BillCharge,
  costReadPermission,
  DecimalSum,
  decimalText,
  FocusReader,
  FocusRow,
  parseDecimal,
} from '@headroom/plugin-cost-common';
import {
  BillSource,
  BillTable,
  costSourcesExtensionPoint,
} from '@headroom/plugin-cost-node';
import { Knex } from 'knex';
import { configOf, startCostBackend } from '../../__testUtils__/backend';
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
import { readCostConfig } from '../../core/config/readCostConfig';
import {
  costConditions,
  createCostConditionalDecision,
} from '../../core/permissions/conditions';
import { BillStore } from '../../database/BillStore';
import { BillExport } from './BillExport';
import { BillImport } from './BillImport';

jest.setTimeout(120_000);

const postgres = TestPostgres.create();
const DAY = '2026-06-01';
const { tags } = readCostConfig(configOf()).bill;

const COLUMNS = [
  'BilledCost',
  'EffectiveCost',
  'ListCost',
  'BillingCurrency',
  'BillingAccountId',
  'BillingPeriodStart',
  'ChargePeriodStart',
  'ChargeCategory',
  'ServiceName',
  'ResourceId',
  'ConsumedQuantity',
  'SkuId',
  'Tags',
];

const row = (
  billed: string,
  resource: string,
  { period = DAY, quantity = '1' } = {},
): FocusRow => [
  ...[billed, billed, billed, 'USD', '999', `${period} 00:00:00`, DAY],
  ...['Usage', 'EC2', resource, quantity, 'sku-1', null],
];

const ROWS = [
  row('1.20000000004', 'i-0abc', { quantity: '24' }),
  row('-0.3', 'arn:aws:ec2:us-west-2:9:instance/i-0abc', { quantity: '' }),
  row('5', 'arn:db'),
  row('7', 'i-of-nobody'),
  row('9', 'i-0abc', { period: '2026-05-01' }),
];

/** A bill that is one delivery of rows. */
class FakeRows implements BillSource {
  readonly id = 'aws';
  version = '1';
  isOpen = 0;

  constructor(readonly rows = ROWS) {}

  async deliveries() {
    return [{ name: 'june', version: this.version }];
  }

  async *charges(): AsyncGenerator<BillCharge[]> {
    const reader = FocusReader.create({ file: 'june', header: COLUMNS, tags });
    yield this.rows.map(each => reader.read(each));
  }

  async open({ version }: { version: string }): Promise<BillTable | undefined> {
    if (version !== this.version) {
      return undefined;
    }
    const { rows } = this;
    this.isOpen += 1;
    return {
      columns: COLUMNS,
      async *rows() {
        for (const each of rows) {
          yield [each];
        }
      },
      close: async () => {
        this.isOpen -= 1;
      },
    };
  }
}

const container2 = (
  hour: string,
  workload: string,
  label: string,
  machine: string,
) =>
  container(hour, {
    node: machine,
    pod: `${workload}-1`,
    workload,
    labels: { 'backstage.io/kubernetes-id': label },
  });

/** A day of one on-demand node: a quarter of it is web's, a quarter nobody's that is known. */
async function ingest(knex: Knex, { cron = 'i-0abc' } = {}) {
  await storeEntities(knex, [
    storedEntity({ title: 'Web shop', systemRef: 'system:default/shop' }),
  ]);
  await runIngest({
    knex,
    isBilled: true,
    source: FakeUsageSource.create(hour => ({
      nodes: [...new Set(['i-0abc', cron])].map(machine =>
        node(hour, {
          node: machine,
          providerId: `aws:///us-west-2a/${machine}`,
        }),
      ),
      containers: [
        container2(hour, 'web', 'web', 'i-0abc'),
        container2(hour, 'cron', 'unknown', cron),
      ],
      volumes: [],
      network: [],
    })),
    now: new Date(Date.parse(`${DAY}T00:30:00Z`) + 24 * HOUR_MS).toISOString(),
    config: { cost: { ingest: { backfill: { hours: 24 } } } },
  });
}

async function importBill(knex: Knex, source: BillSource) {
  const { signal } = new AbortController();
  const fence = Fence.create({ prefix: 'cost', task: 'cost-bill' });
  await BillImport.create({
    sources: [source],
    store: BillStore.create({ knex, fence }),
    tags,
    share: 1,
    logger: mockServices.logger.mock(),
    now: () => new Date('2026-06-02T00:00:00Z'),
  }).run(signal, signal);
  await shareBills(knex);
}

function backend(
  knex: Knex,
  source: BillSource,
  options: Partial<Parameters<typeof startCostBackend>[0]> = {},
) {
  return startCostBackend({
    knex,
    features: [
      createBackendModule({
        pluginId: 'cost',
        moduleId: 'fake-bill',
        register: env =>
          env.registerInit({
            deps: { sources: costSourcesExtensionPoint },
            init: async ({ sources }) => sources.addBillSource(source),
          }),
      }),
    ],
    ...options,
  });
}

function read(csv: string): Array<Record<string, string>> {
  const [header, ...lines] = csv
    .trimEnd()
    .split('\r\n')
    .map(line =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
        ([, text, bare]) => text?.replaceAll('""', '"') ?? bare,
      ),
    );
  return lines.map(values =>
    Object.fromEntries(header.map((name, i) => [name, values[i]])),
  );
}

const sum = (amounts: string[]) => {
  const all = DecimalSum.create();
  amounts.forEach(amount => all.add(parseDecimal(amount)!));
  return decimalText(all.value).replace(/\.?0+$/, '');
};

const URL = '/api/cost/v1/bill/charges.csv?month=2026-06';

describe('GET /v1/bill/charges.csv', () => {
  let knex: Knex;
  beforeAll(async () => {
    knex = await postgres.migrated();
    await ingest(knex);
    await importBill(knex, new FakeRows());
  });

  it('has charges of nodes split, and the others as they were billed', async () => {
    const source = new FakeRows();
    const http = await backend(knex, source);
    const { text, status, headers } = await http.get(URL);
    expect(status).toBe(200);
    expect(headers['content-disposition']).toContain(
      'bill-2026-06-by-service.csv',
    );
    const rows = read(text);
    expect(rows.map(each => [each.ResourceId, each.x_AllocatedTo])).toEqual([
      ['i-0abc', 'idle'],
      ['i-0abc', 'service'],
      ['i-0abc', 'unallocated'],
      [ROWS[1][9], 'idle'],
      [ROWS[1][9], 'service'],
      [ROWS[1][9], 'unallocated'],
      ['arn:db', ''],
      ['i-of-nobody', ''],
    ]);
    for (const [resource, billed] of [
      ['i-0abc', '1.20000000004'],
      [ROWS[1][9], '-0.3'],
    ]) {
      const parts = rows.filter(each => each.ResourceId === resource);
      expect(sum(parts.map(each => each.BilledCost))).toBe(billed);
      expect(new Set(parts.map(each => each.SkuId))).toEqual(
        new Set(['sku-1']),
      );
    }
    expect(
      sum(
        rows
          .filter(each => each.ResourceId === 'i-0abc')
          .map(each => each.ConsumedQuantity),
      ),
    ).toBe('24');
    expect(rows[1]).toMatchObject({
      AllocatedResourceId: 'component:default/web',
      AllocatedResourceName: 'Web shop',
      AllocatedTags:
        '{"service":"component:default/web","owner":"group:default/shop","system":"system:default/shop"}',
      x_EntityRef: 'component:default/web',
      BillingPeriodStart: '2026-06-01T00:00:00Z',
    });
    const { Elements } = JSON.parse(rows[1].AllocatedMethodDetails);
    expect(Elements).toMatchObject([
      { UsageUnit: 'CPU' },
      { UsageUnit: 'Memory' },
    ]);
    expect(source.isOpen).toBe(0);
  });

  it('splits each machine by who had it, as the page does, and others as all of their kind', async () => {
    const own = await postgres.migrated();
    await ingest(own, { cron: 'i-0cron' });
    // Another one of the same kind, of which nothing is known.
    await own.raw(
      `INSERT INTO cost_machines (machine, cluster_id, region, capacity_type)
       SELECT 'i-0dead', id, 'us-west-2', 'on-demand' FROM cost_clusters`,
    );
    const rows = ['i-0abc', 'i-0cron', 'i-0dead'].map((machine, i) =>
      row(['1', '30', '8'][i], machine),
    );
    await importBill(own, new FakeRows(rows));
    const http = await backend(own, new FakeRows(rows));
    const lines = read((await http.get(URL)).text);
    expect(lines.map(each => [each.ResourceId, each.x_AllocatedTo])).toEqual([
      ['i-0abc', 'idle'],
      ['i-0abc', 'service'],
      ['i-0cron', 'idle'],
      ['i-0cron', 'unallocated'],
      ...['idle', 'service', 'unallocated'].map(to => ['i-0dead', to]),
    ]);
    const { body } = await http.get('/api/cost/v1/bill/payers?month=2026-06');
    const [{ machines }] = body.payers;
    const ofWeb = lines.filter(each => each.x_AllocatedTo === 'service');
    const total = Number(sum(ofWeb.map(each => each.EffectiveCost)));
    expect(total).toBeCloseTo(0.25 + 8 / 8, 3);
    expect(total).toBeCloseTo(Number(machines) / 1e6, 5);
  });

  it('pays services what the page says they pay', async () => {
    const http = await backend(knex, new FakeRows());
    const { text } = await http.get(URL);
    const { body } = await http.get('/api/cost/v1/bill/payers?month=2026-06');
    const [{ entityRef, machines }] = body.payers;
    const ofWeb = read(text).filter(each => each.x_EntityRef === entityRef);
    const exported = Number(sum(ofWeb.map(each => each.EffectiveCost)));
    expect(exported * 1e6).toBeCloseTo(Number(machines), -1);
    expect(sum(read(text).map(each => each.BilledCost))).toBe('12.90000000004');
  });

  it('splits by workload, whoever has them', async () => {
    const http = await backend(knex, new FakeRows());
    const rows = read((await http.get(`${URL}&split=workload`)).text);
    expect(
      rows
        .slice(0, 3)
        .map(each => [each.x_AllocatedTo, each.AllocatedResourceId]),
    ).toEqual([
      ['idle', ''],
      ['workload', expect.stringMatching(/^c1\/.*\/cron$/)],
      ['workload', expect.stringMatching(/^c1\/.*\/web$/)],
    ]);
  });

  it('is cut by nobody’s restatement: it says so instead', async () => {
    const source = new FakeRows();
    source.version = '2';
    const http = await backend(knex, source);
    const { status, body } = await http.get(URL);
    expect(status).toBe(409);
    expect(body.error.message).toContain('june of aws is not there any more');
  });

  it('says what cannot be exported, and what there is', async () => {
    const source = new FakeRows();
    const http = await backend(knex, {
      id: 'aws',
      deliveries: () => source.deliveries(),
      charges: () => source.charges(),
    });
    const sums = await http.get(URL);
    expect(sums.status).toBe(409);
    expect(sums.body.error.message).toContain('tells sums of charges');
    const other = await http.get(`${URL}&source=azure`);
    expect(other.status).toBe(404);
    const month = await http.get('/api/cost/v1/bill/charges.csv?month=2026-04');
    expect(month.body.error.message).toContain('There is no bill of 2026-04');
    expect((await http.get('/api/cost/v1/bill/charges.csv')).status).toBe(400);
  });

  it('is refused before anything is written when nobody could keep it', async () => {
    const machines = () => knex('cost_bill_items').whereNot({ machine: '' });
    const before = await machines().select('id', 'charges');
    await machines().update({ charges: 50_000_001 });
    const { status, body } = await (
      await backend(knex, new FakeRows())
    ).get(URL);
    for (const { id, charges } of before) {
      await knex('cost_bill_items').where({ id }).update({ charges });
    }
    expect(status).toBe(409);
    expect(body.error.message).toMatch(
      /Charges of nodes would become [\d,]+ rows, and at most 50,000,000/,
    );
  });

  it('is for who may see what everything costs', async () => {
    const source = new FakeRows();
    const http = await backend(knex, source, {
      decision: createCostConditionalDecision(
        costReadPermission,
        costConditions.isOwner({ claims: ['group:default/shop'] }),
      ),
    });
    const { status, body } = await http.get(URL);
    expect(status).toBe(403);
    expect(body.error.message).toContain('cost.read for every service');
  });
});

describe('exports', () => {
  const many = new FakeRows();

  function create(source: BillSource) {
    const at = {
      bills: {
        periods: async () => [DAY],
        categories: async () => [{ start: DAY, end: '2026-06-02' }],
      },
      billSplits: {
        deliveries: async () => [
          {
            source: 'aws',
            name: 'june',
            version: `1 1 ${JSON.stringify(tags)}`,
          },
        ],
        machines: async () => new Map(),
      },
    };
    return BillExport.create({
      sources: [source],
      tags,
      scopes: {
        read: async (...[, , work]: unknown[]) => (work as Function)(at),
      } as never,
    });
  }

  const ask = (exports: BillExport, signal = new AbortController().signal) =>
    exports.csv(
      { month: '2026-06', split: 'service' },
      mockCredentials.service(),
      signal,
    );

  it('come in pieces of bounded length, two at a time', async () => {
    const source = new FakeRows(
      Array.from({ length: 5000 }, (_, i) => row('1', `arn:${i}`)),
    );
    const exports = create(source);
    const pieces = ask(exports);
    const first = await pieces.next();
    expect(first.value?.length).toBeLessThan(66_000);
    const second = ask(exports);
    await second.next();
    await expect(ask(exports).next()).rejects.toThrow('2 exports of bills');
    await second.return(undefined);
    expect(source.isOpen).toBe(1);
    let lines = first.value!.split('\r\n').length - 1;
    for await (const piece of pieces) {
      lines += piece.split('\r\n').length - 1;
    }
    expect(lines).toBe(5001);
    expect(source.isOpen).toBe(0);
  });

  it('end without a word when who asked has left', async () => {
    const gone = new AbortController();
    const pieces = ask(
      create({
        ...many,
        id: 'aws',
        deliveries: many.deliveries,
        charges: many.charges,
        open: async () => {
          gone.abort();
          gone.signal.throwIfAborted();
          return undefined;
        },
      }),
      gone.signal,
    );
    expect(await pieces.next()).toEqual({ done: true, value: undefined });
  });
});
