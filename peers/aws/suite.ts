import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CostExplorerClient } from '@aws-sdk/client-cost-explorer';
import {
  CreateBucketCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { Fence } from '@headroom/node';
import { BillImport, BillStore } from '@headroom/plugin-cost-backend/testUtils';
import {
  CostExplorerSource,
  FocusExportSource,
  S3Files,
} from '@headroom/plugin-cost-backend-module-aws/testUtils';
import { createDatabase, PeerDatabase } from '../lib/database';
import { quietLogger } from '../lib/quietLogger';

const PAYER = '999999999999';
const SHOP = '111111111111';
const endpoint = process.env.HEADROOM_PEER_AWS!;
const client = {
  region: 'us-east-1',
  endpoint,
  credentials: { accessKeyId: 'peer', secretAccessKey: 'peer' },
};

let database: PeerDatabase;
let s3: S3Client;
let now = '2026-11-20T10:00:00Z';

before(async () => {
  database = await createDatabase([], new Date(now));
  s3 = new S3Client({ ...client, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'bills' }));
});
after(async () => {
  s3?.destroy();
  await database?.drop();
});

/** What Cost Explorer is to answer next, an answer a request that is new to it. */
async function answerNext(results: object[]): Promise<void> {
  const { status } = await fetch(
    `${endpoint}/moto-api/static/ce/cost-and-usage-results`,
    {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ results }),
    },
  );
  assert.equal(status, 201);
}

const day = (
  Start: string,
  groups: Array<[string, string, string]>,
  Estimated = false,
) => ({
  TimePeriod: { Start, End: Start },
  Total: {},
  Estimated,
  Groups: groups.map(([service, type, Amount]) => ({
    Keys: [service, type],
    Metrics: {
      UnblendedCost: { Amount, Unit: 'USD' },
      AmortizedCost: { Amount, Unit: 'USD' },
    },
  })),
});

/** As a back end that was just started has them. */
const explorer = (id: string, monthlyLimitCents = 100) =>
  CostExplorerSource.create({
    id,
    config: {
      billingAccount: PAYER,
      accounts: [SHOP],
      refreshHours: 12,
      monthlyLimitCents,
      region: 'us-east-1',
    },
    client: async () => new CostExplorerClient(client),
    now: () => new Date(now),
  });

const focus = () =>
  FocusExportSource.create({
    id: 'focus',
    files: S3Files.create({
      client: async () => s3,
      bucket: 'bills',
      prefix: '',
    }),
  });

async function run(
  ...sources: Parameters<typeof BillImport.create>[0]['sources'][number][]
) {
  const { signal } = new AbortController();
  await BillImport.create({
    sources,
    store: BillStore.create({
      knex: database.knex,
      fence: Fence.create({ prefix: 'cost', task: 'cost-bill' }),
    }),
    tags: [],
    share: 1,
    logger: quietLogger,
    now: () => new Date(now),
  }).run(signal, signal);
}

async function stored(): Promise<string[]> {
  const { rows } = await database.knex.raw(
    `SELECT v.source, i.period::text, i.category, sum(d.billed)::text AS billed FROM cost_bill_days d
     JOIN cost_bill_items i ON i.id = d.item_id JOIN cost_bill_deliveries v ON v.id = d.delivery_id
     GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
  );
  return rows.map((row: Record<string, string>) =>
    Object.values(row).join(' '),
  );
}

async function remarks(source: string): Promise<string> {
  const row = await database.knex('cost_bill_notes').where({ source }).first();
  return row.remarks.join(' ');
}

describe('Cost Explorer', () => {
  it('is read month by month, with all pages, and what is not final is said', async () => {
    await answerNext([
      // Months are read by their name, so eleven come before October.
      ...Array.from({ length: 11 }, () => ({ ResultsByTime: [] })),
      {
        ResultsByTime: [
          day('2026-10-01', [
            [
              'Amazon Elastic Compute Cloud - Compute',
              'Usage',
              '12.3456789012',
            ],
            ['Tax', 'Tax', '0.1'],
          ]),
        ],
      },
      {
        ResultsByTime: [day('2026-11-01', [['EC2', 'Usage', '1.1']])],
        NextPageToken: 'second',
      },
      {
        ResultsByTime: [
          day('2026-11-01', [['EC2', 'Credit', '-0.4']]),
          day('2026-11-02', [['S3', 'Usage', '2E-7']], true),
        ],
      },
    ]);
    await run(explorer('explorer'));
    assert.deepEqual(await stored(), [
      'explorer 2026-10-01 Tax 0.1',
      'explorer 2026-10-01 Usage 12.3456789012',
      'explorer 2026-11-01 Credit -0.4',
      'explorer 2026-11-01 Usage 1.1000002',
    ]);
    const said = await remarks('explorer');
    assert.match(
      said,
      /asked Cost Explorer 14 times in 2026-11, which costs 0\.14 USD of the 1\.00 USD/,
    );
    assert.match(said, /not final for 2026-11: AWS says/);
  });

  it('is not asked again before it is due, whoever has started since', async () => {
    const read = await stored();
    now = '2026-11-20T21:00:00Z';
    await run(explorer('explorer'));
    assert.deepEqual(await stored(), read);
    assert.match(await remarks('explorer'), /14 times/);
  });

  it('replaces a month by what is restated', async () => {
    now = '2026-11-21T10:00:00Z';
    await answerNext([
      { ResultsByTime: [day('2026-11-01', [['EC2', 'Usage', '5']])] },
    ]);
    await run(explorer('explorer'));
    assert.deepEqual((await stored()).slice(2), [
      'explorer 2026-11-01 Usage 5',
    ]);
    const said = await remarks('explorer');
    assert.match(said, /15 times/);
    assert.doesNotMatch(said, /not final/);
  });

  it('gives way to an export of the same account and month in S3', async () => {
    await s3.send(
      new PutObjectCommand({
        Bucket: 'bills',
        Key: 'focus/data/BILLING_PERIOD=2026-11/focus-1.csv',
        Body: [
          'BilledCost,EffectiveCost,BillingCurrency,BillingAccountId,BillingPeriodStart,ChargePeriodStart,ChargeCategory,ServiceName',
          `5.25,5.25,USD,${PAYER},2026-11-01T00:00:00Z,2026-11-01T00:00:00Z,Usage,EC2`,
        ].join('\n'),
      }),
    );
    await run(explorer('explorer'), focus());
    assert.deepEqual(await stored(), [
      'explorer 2026-10-01 Tax 0.1',
      'explorer 2026-10-01 Usage 12.3456789012',
      'focus 2026-11-01 Usage 5.25',
    ]);
    assert.match(await remarks('explorer'), /leaves out 2026-11/);
  });

  it('is asked no more than what may be spent', async () => {
    now = '2026-12-20T10:00:00Z';
    await run(explorer('capped', 3), focus());
    assert.match(
      await remarks('capped'),
      /3 times in 2026-12, which costs 0\.03 USD of the 0\.03 USD/,
    );
    const { rows } = await database.knex.raw(
      "SELECT problem FROM cost_bill_deliveries WHERE source = 'capped' AND problem IS NOT NULL",
    );
    assert.ok(rows.length > 0);
    for (const { problem } of rows) {
      assert.match(problem, /more than the 0\.03 USD of monthlyLimit/);
    }
  });
});
