import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import {
  BillCharge,
  BillFileError,
  decimalText,
  DecimalSum,
  FocusRow,
} from '@headroom/plugin-cost-common';
import { FolderFiles } from './files/FolderFiles';
import { FocusExportSource } from './FocusExportSource';

const HEADER =
  'BilledCost,EffectiveCost,BillingCurrency,BillingAccountId,BillingPeriodStart,ChargePeriodStart,ChargeCategory,ServiceName,ResourceId,Tags,x_Discounts';
const line = (billed: string, resource: string, tags = '') =>
  `${billed},${billed},USD,1,2026-10-01T00:00:00Z,2026-10-02T03:00:00Z,Usage,"Amazon ""EC2"", all",${resource},${tags},"{""a"": 1}"`;
const CSV = [
  HEADER,
  line('0.00000080000', 'i-1', '"{""team"": ""shop, web""}"'),
  line('-1.5', 'i-2'),
  line('7e-13', '"i\n3"'),
].join('\n');

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'bill-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function read(): Promise<BillCharge[]> {
  const { signal } = new AbortController();
  const source = FocusExportSource.create({
    id: 'aws',
    files: FolderFiles.create({ folder }),
  });
  const charges: BillCharge[] = [];
  for (const delivery of await source.deliveries(signal)) {
    for await (const piece of source.charges(delivery, {
      tags: ['team'],
      signal,
    })) {
      charges.push(...piece);
    }
  }
  return charges;
}

const put = (name: string, content: string | Uint8Array) =>
  writeFile(path.join(folder, name), content);

const summary = (charges: BillCharge[]) =>
  charges.map(({ item, day, amounts }) => [
    item.resourceId,
    day,
    decimalText(amounts.billed),
    item.tags.team,
  ]);

const ROWS = [
  ['i-1', '2026-10-02', '0.00000080000', 'shop, web'],
  ['i-2', '2026-10-02', '-1.5', undefined],
  ['i\n3', '2026-10-02', '0.0000000000007', undefined],
];

describe('a FOCUS export', () => {
  it.each([
    ['CSV', 'a.csv', CSV],
    ['gzip', 'a.csv.gz', gzipSync(CSV)],
    [
      'CSV of Windows',
      'a.csv',
      `\ufeff${CSV.replaceAll('\n', '\r\n')}\r\n`.replace('"i\r\n3"', '"i\n3"'),
    ],
  ])('is read from %s', async (_, name, content) => {
    await put(name, content);
    const charges = await read();
    expect(summary(charges)).toEqual(ROWS);
    expect(charges[0].item.service).toBe('Amazon "EC2", all');
  });

  it('is read from Parquet, with decimals, doubles, moments and tags as they are', async () => {
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    await connection.run(
      `COPY (SELECT * FROM (VALUES
         (0.00000080000::DECIMAL(20, 11), 0.1::DOUBLE, 'i-1', MAP {'team': 'shop, web'}),
         (-1.5, 0.30000000000000004, 'i-2', NULL)) AS t (BilledCost, EffectiveCost, ResourceId, Tags),
         (SELECT 'USD' AS BillingCurrency, '1' AS BillingAccountId, 'Usage' AS ChargeCategory, 'EC2' AS ServiceName,
            TIMESTAMP '2026-10-01 00:00:00' AS BillingPeriodStart,
            TIMESTAMPTZ '2026-10-02 03:00:00+00' AS ChargePeriodStart))
       TO '${path.join(folder, 'a.snappy.parquet')}' (FORMAT parquet)`,
    );
    connection.closeSync();
    const charges = await read();
    expect(summary(charges)).toEqual([
      ['i-1', '2026-10-02', '0.00000080000', 'shop, web'],
      ['i-2', '2026-10-02', '-1.50000000000', undefined],
    ]);
    expect(
      charges.map(({ amounts }) => decimalText(amounts.effective)),
    ).toEqual(['0.1', '0.30000000000000004']);
  });

  it('is read with tags as BigQuery exports them', async () => {
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    await connection.run(
      `COPY (SELECT 1 AS BilledCost, 1 AS EffectiveCost, 'i-1' AS ResourceId,
         [{'key': 'team', 'value': 'shop, web', 'inherited': false}] AS Tags, 'USD' AS BillingCurrency,
         '1' AS BillingAccountId, 'Usage' AS ChargeCategory, 'Compute Engine' AS ServiceName,
         TIMESTAMPTZ '2026-10-01 00:00:00+00' AS BillingPeriodStart,
         TIMESTAMPTZ '2026-10-02 03:00:00+00' AS ChargePeriodStart)
       TO '${path.join(folder, 'a.parquet')}' (FORMAT parquet)`,
    );
    connection.closeSync();
    expect(summary(await read())).toEqual([
      ['i-1', '2026-10-02', '1', 'shop, web'],
    ]);
  });

  it('is summed to the last digit over all its files', async () => {
    const data = path.join(folder, 'f/data/BILLING_PERIOD=2026-10');
    await mkdir(data, { recursive: true });
    const rows = Array.from({ length: 5000 }, (_, index) =>
      line(`${index}.0000000000${index % 10}`, `i-${index}`),
    );
    const file = [HEADER, ...rows].join('\n');
    await put('f/data/BILLING_PERIOD=2026-10/f-00001.csv.gz', gzipSync(file));
    await cp(
      path.join(data, 'f-00001.csv.gz'),
      path.join(data, 'f-00002.csv.gz'),
    );
    const sum = DecimalSum.create();
    const charges = await read();
    charges.forEach(({ amounts }) => sum.add(amounts.billed));
    expect(charges).toHaveLength(10_000);
    // Twice the sum of 0 … 4999, and of 500 times 0 … 9 in the eleventh digit.
    expect(decimalText(sum.value)).toBe('24995000.00000045000');
  });

  it.each([
    [
      'a value',
      `${HEADER}\n${line('1', 'a')}\n${line('free', 'b')}`,
      'x.csv, row 2: BilledCost is "free"',
    ],
    ['its columns', 'Cost,Service\n1,EC2', 'its columns are Cost, Service'],
    ['what it is', gzipSync('x').toString('latin1'), 'x.csv'],
  ])('says what is wrong with %s', async (_, content, message) => {
    await put('x.csv', content);
    const error = await read().catch(each => each);
    expect(error).toBeInstanceOf(BillFileError);
    expect(error.message).toContain(message);
  });

  it('says that a Parquet file is none', async () => {
    await put('x.parquet', 'no');
    await expect(read()).rejects.toThrow("x.parquet can't be read: ");
  });

  it('without rows has no charges', async () => {
    await put('x.csv', `${HEADER}\n`);
    expect(await read()).toEqual([]);
  });

  it('stops when its time is up', async () => {
    await put('x.csv', CSV);
    const source = FocusExportSource.create({
      id: 'aws',
      files: FolderFiles.create({ folder }),
    });
    const [delivery] = await source.deliveries(new AbortController().signal);
    const reading = source.charges(delivery, {
      tags: [],
      signal: AbortSignal.abort(new Error('enough')),
    });
    await expect(reading.next()).rejects.toThrow('enough');
  });

  it('gives all columns of its files once more, for an export', async () => {
    const { signal } = new AbortController();
    const data = path.join(folder, 'f/data/BILLING_PERIOD=2026-10');
    await mkdir(data, { recursive: true });
    await put('f/data/BILLING_PERIOD=2026-10/f-1.csv', CSV);
    await put(
      'f/data/BILLING_PERIOD=2026-10/f-2.csv',
      `SkuId,${HEADER}\nsku-1,${line('2', 'i-4')}`,
    );
    const source = FocusExportSource.create({
      id: 'aws',
      files: FolderFiles.create({ folder }),
    });
    const [delivery] = await source.deliveries(signal);
    const table = await source.open(delivery, signal);
    expect(table?.columns).toEqual([...HEADER.split(','), 'SkuId']);
    const rows: FocusRow[] = [];
    for await (const piece of table?.rows(signal) ?? []) {
      rows.push(...piece);
    }
    await table?.close();
    const at = (name: string) => table!.columns.indexOf(name);
    expect(
      rows.map(row => [
        row[at('ResourceId')],
        row[at('SkuId')],
        row[at('BilledCost')],
      ]),
    ).toEqual([
      ['i-1', null, '0.00000080000'],
      ['i-2', null, '-1.5'],
      ['i\n3', null, '7e-13'],
      ['i-4', 'sku-1', '2'],
    ]);
    await put('f/data/BILLING_PERIOD=2026-10/f-2.csv', HEADER);
    expect(await source.open(delivery, signal)).toBeUndefined();
  });
});
