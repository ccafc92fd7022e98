import { createServer, IncomingMessage, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { decimalText } from '@headroom/plugin-cost-common';
import {
  BillSource,
  costSourcesExtensionPoint,
} from '@headroom/plugin-cost-node';
import { costModuleAws } from './module';

const HEADER =
  'BilledCost,EffectiveCost,BillingCurrency,BillingAccountId,BillingPeriodStart,ChargePeriodStart,ChargeCategory,ServiceName';
const FILE = gzipSync(
  `${HEADER}\n1.25,1.25,USD,1,2026-10-01T00:00:00Z,2026-10-02T00:00:00Z,Usage,EC2\n`,
);
const DATA = 'focus/data/BILLING_PERIOD=2026-10/focus-00001.csv.gz';
const MANIFEST = 'focus/metadata/BILLING_PERIOD=2026-10/focus-Manifest.json';
const OBJECTS: Record<string, Buffer> = {
  [DATA]: FILE,
  [MANIFEST]: Buffer.from(
    JSON.stringify({ dataFiles: [`s3://bills/exports/${DATA}`] }),
  ),
};

type Json = { [key: string]: string | number | string[] | Json };

let server: Server;
let url: string;
const asked: string[] = [];

/** Answers what S3 answers: a listing of two pages, and objects. */
function answer({ url: path = '', headers }: IncomingMessage) {
  const { pathname, searchParams } = new URL(path, 'http://localhost');
  asked.push(`${pathname}${searchParams.has('list-type') ? '?list' : ''}`);
  if (!headers.authorization?.includes('Credential=AKIAEXAMPLE/')) {
    return {
      status: 403,
      body: Buffer.from('<Error><Code>AccessDenied</Code></Error>'),
    };
  }
  if (searchParams.has('list-type')) {
    const second = searchParams.has('continuation-token');
    const key = second ? MANIFEST : DATA;
    return {
      status: 200,
      body: Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>
<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>bills</Name><Prefix>${searchParams.get(
        'prefix',
      )}</Prefix><KeyCount>1</KeyCount><MaxKeys>1000</MaxKeys><IsTruncated>${!second}</IsTruncated>${
        second ? '' : '<NextContinuationToken>next</NextContinuationToken>'
      }<Contents><Key>exports/${key}</Key><LastModified>2026-10-03T0${
        second ? 2 : 1
      }:00:00.000Z</LastModified><ETag>&quot;e${key.length}&quot;</ETag><Size>${
        OBJECTS[key].length
      }</Size></Contents></ListBucketResult>`),
    };
  }
  const body =
    OBJECTS[decodeURIComponent(pathname).replace('/bills/exports/', '')];
  return body ? { status: 200, body } : { status: 404, body: Buffer.from('') };
}

beforeAll(async () => {
  server = createServer((req, res) => {
    const { status, body } = answer(req);
    res.writeHead(status, { 'content-length': body.length }).end(body);
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
});

async function sourcesOf(bills: Json[]): Promise<BillSource[]> {
  const sources: BillSource[] = [];
  const refuse = () => {
    throw new Error('the module adds bills only');
  };
  const backend = await startTestBackend({
    extensionPoints: [
      [
        costSourcesExtensionPoint,
        {
          addUsageSource: refuse,
          addAllocationSource: refuse,
          addPriceSource: refuse,
          addUnitMetricSource: refuse,
          addServiceLevelSource: refuse,
          addBillSource: source => sources.push(source),
        },
      ],
    ],
    features: [
      costModuleAws,
      mockServices.rootConfig.factory({
        data: {
          aws: {
            mainAccount: {
              accessKeyId: 'AKIAEXAMPLE',
              secretAccessKey: 'example',
            },
          },
          headroom: { aws: { bills } },
        },
      }),
    ],
  });
  await backend.stop();
  return sources;
}

it('reads an export of AWS from a bucket, signed in by the portal’s credentials', async () => {
  const [source] = await sourcesOf([
    {
      name: 'payer',
      s3: {
        bucket: 'bills',
        prefix: '/exports/',
        region: 'us-east-1',
        endpoint: url,
      },
    },
  ]);
  expect(source.id).toBe('payer');
  const { signal } = new AbortController();
  const notes = { read: async () => undefined, write: async () => {} };
  const deliveries = await source.deliveries(signal, {
    notes,
    covered: new Set(),
    unread: new Set(),
  });
  expect(deliveries.map(({ name }) => name)).toEqual([
    'focus/data/BILLING_PERIOD=2026-10',
  ]);
  const charges = [];
  for await (const piece of source.charges(deliveries[0], {
    tags: [],
    signal,
    notes,
  })) {
    charges.push(...piece);
  }
  expect(charges.map(({ amounts }) => decimalText(amounts.billed))).toEqual([
    '1.25',
  ]);
  expect(asked).toEqual([
    '/bills/?list',
    '/bills/?list',
    `/bills/exports/${encodeURI(MANIFEST).replace('=', '%3D')}`,
    `/bills/exports/${encodeURI(DATA).replace('=', '%3D')}`,
  ]);
});

it('reads nothing unless it is told where bills are', async () => {
  expect(await sourcesOf([])).toEqual([]);
});

const EXPLORER = { billingAccount: '999999999999' };

it('asks Cost Explorer by a client of its own, when it is told to', async () => {
  const [source] = await sourcesOf([{ name: 'aws', costExplorer: EXPLORER }]);
  expect(source).toMatchObject({ id: 'aws', givesWayFor: ['999999999999'] });
});

it.each<[Json, RegExp]>([
  [
    { name: 'aws', costExplorer: { billingAccount: '999' } },
    /bills\[0\]\.costExplorer\.billingAccount is '999'; it must be the twelve digits/,
  ],
  [
    { name: 'aws', costExplorer: { ...EXPLORER, accounts: ['x'] } },
    /costExplorer\.accounts\[0\] is 'x'/,
  ],
  [
    { name: 'aws', costExplorer: { ...EXPLORER, refreshHours: 1 } },
    /refreshHours is 1; it must be 6 or more/,
  ],
  [
    { name: 'aws', costExplorer: { ...EXPLORER, monthlyLimit: -1 } },
    /monthlyLimit is -1; it must be an amount of US dollars/,
  ],
  [
    { name: 'aws', folder: '/x', costExplorer: EXPLORER },
    /must have either folder or s3, where/,
  ],
  [
    { name: 'Payer', folder: '/x' },
    /bills\[0\]\.name is 'Payer'; it must be of/,
  ],
  [{ name: 'payer' }, /bills\[0\] must have either folder or s3/],
  [
    { name: 'payer', folder: '/x', s3: { bucket: 'b' } },
    /bills\[0\] must have either folder or s3/,
  ],
])('refuses %j', async (bill, message) => {
  await expect(sourcesOf([bill])).rejects.toThrow(message);
});

it('refuses two bills of one name', async () => {
  const bill = { name: 'payer', folder: '/x' };
  await expect(sourcesOf([bill, bill])).rejects.toThrow(
    "headroom.aws.bills has two bills called 'payer'",
  );
});
