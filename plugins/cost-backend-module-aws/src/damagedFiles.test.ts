import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { DuckDBInstance, DuckDBResult } from '@duckdb/node-api';
import { ServiceUnavailableError } from '@backstage/errors';
import { BillFileError } from '@headroom/plugin-cost-common';
import { FolderFiles } from './files/FolderFiles';
import { FocusExportSource } from './FocusExportSource';

/** More than DuckDB reads before it gives the first of them. */
const ROWS = 24_000;
const BROKEN = 22_000;
const HEADER =
  'BilledCost,EffectiveCost,BillingCurrency,BillingAccountId,BillingPeriodStart,ChargePeriodStart,ChargeCategory,ServiceName,Tags,ResourceId';
const row = (index: number) =>
  `0.0${index},0.0${index},USD,1,2026-10-01T00:00:00Z,2026-10-02T03:00:00Z,Usage,EC2,"{""team"": ""shop""}",i-${index}`;

const lines = [
  HEADER,
  ...Array.from({ length: ROWS }, (_, index) => row(index)),
];
const CSV = `${lines.join('\n')}\n`;

/** The file with another line in the middle. */
const withLine = (line: string | Buffer) =>
  Buffer.concat([
    Buffer.from(`${lines.slice(0, BROKEN).join('\n')}\n`),
    Buffer.from(line),
    Buffer.from(`\n${lines.slice(BROKEN + 1).join('\n')}\n`),
  ]);

/** The file with one bit of it turned. */
function flipped(content: Buffer, at: number): Buffer {
  const copy = Buffer.from(content);
  copy[at] = copy[at] % 2 === 0 ? copy[at] + 1 : copy[at] - 1;
  return copy;
}

const part = (content: Buffer, share: number) =>
  content.subarray(0, Math.round(content.length * share));

const GZIP = gzipSync(CSV);

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'bill-'));
});
afterEach(async () => {
  jest.restoreAllMocks();
  await rm(folder, { recursive: true });
});

async function open(name: string, content: Uint8Array) {
  await writeFile(path.join(folder, name), content);
  const source = FocusExportSource.create({
    id: 'aws',
    files: FolderFiles.create({ folder }),
  });
  const controller = new AbortController();
  const [delivery] = await source.deliveries(controller.signal);
  const charges = () =>
    source.charges(delivery, { tags: [], signal: controller.signal });
  async function* rows() {
    const table = await source.open(delivery, controller.signal);
    try {
      yield* table!.rows(controller.signal);
    } finally {
      await table?.close();
    }
  }
  return { controller, charges, rows };
}

/** How many there are of what comes in pieces. */
async function count(pieces: AsyncIterable<unknown[]>): Promise<number> {
  let all = 0;
  for await (const piece of pieces) {
    all += piece.length;
  }
  return all;
}

async function parquet(): Promise<Buffer> {
  const file = path.join(folder, 'whole');
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  await connection.run(
    `COPY (SELECT i AS BilledCost, i AS EffectiveCost, 'USD' AS BillingCurrency, '1' AS BillingAccountId,
       TIMESTAMP '2026-10-01 00:00:00' AS BillingPeriodStart, TIMESTAMP '2026-10-02 00:00:00' AS ChargePeriodStart,
       'Usage' AS ChargeCategory, 'EC2' AS ServiceName, 'i-' || hash(i) AS ResourceId FROM range(${ROWS}) AS t (i))
     TO '${file}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 2048)`,
  );
  connection.closeSync();
  instance.closeSync();
  const content = await readFile(file);
  await rm(file);
  return content;
}

async function overwritten(): Promise<Buffer> {
  const content = await parquet();
  return content.fill(
    0xff,
    Math.round(content.length * 0.8),
    Math.round(content.length * 0.82),
  );
}

it.each<[string, string, () => Buffer | Promise<Buffer>]>([
  ['as CSV', 'x.csv', () => Buffer.from(CSV)],
  ['as gzip', 'x.csv.gz', () => GZIP],
  [
    'as gzip of two parts',
    'x.csv.gz',
    () =>
      Buffer.concat(
        [CSV.slice(0, 1000), CSV.slice(1000)].map(each => gzipSync(each)),
      ),
  ],
  ['as Zstandard', 'x.csv.zst', () => zstdCompressSync(CSV)],
  ['as Parquet', 'x.parquet', parquet],
])('all rows of a file are read %s', async (_, name, content) => {
  const { charges, rows } = await open(name, await content());
  expect(await count(charges())).toBe(ROWS);
  expect(await count(rows())).toBe(ROWS);
});

it.each<[string, string, () => Buffer | Promise<Buffer>, RegExp]>([
  [
    'a short row',
    'x.csv',
    () => withLine('1,1,USD'),
    /Line: 22001 Expected Number of Columns: 10/,
  ],
  [
    'a row that is too long',
    'x.csv',
    () => withLine(`${row(1)},1`),
    /Line: 22001 Expected Number of Columns: 10/,
  ],
  [
    'a quote that is not closed',
    'x.csv',
    () => withLine(row(1).replace('""}"', '')),
    /Line: 22001 Value with unterminated quote/,
  ],
  [
    'another encoding',
    'x.csv',
    () => withLine(Buffer.from(row(1).replace('shop', 'café'), 'latin1')),
    /not utf-8/,
  ],
  [
    'a line of more than 1 MiB',
    'x.csv',
    () => withLine(row(1).replace('shop', 'x'.repeat(1_100_000))),
    /Line: 22001 Maximum line size/,
  ],
  [
    'a last row that is cut off',
    'x.csv',
    () => Buffer.from(CSV.slice(0, CSV.lastIndexOf('Usage'))),
    /Line: 24001 Expected Number of Columns: 10 Found: 7/,
  ],
  ['gzip that is cut off', 'x.csv.gz', () => part(GZIP, 0.7), /gzip.*cut off/],
  [
    'gzip that is cut off early',
    'x.csv.gz',
    () => part(GZIP, 0.0005),
    /gzip.*cut off/,
  ],
  [
    'gzip without its end',
    'x.csv.gz',
    () => GZIP.subarray(0, -8),
    /gzip.*cut off/,
  ],
  [
    'gzip with half of its end',
    'x.csv.gz',
    () => GZIP.subarray(0, -4),
    /gzip.*cut off/,
  ],
  [
    'gzip with a turned bit',
    'x.csv.gz',
    () => flipped(GZIP, GZIP.length >> 1),
    /gzip.*damaged/,
  ],
  [
    'gzip with another checksum',
    'x.csv.gz',
    () => flipped(GZIP, GZIP.length - 8),
    /gzip.*damaged/,
  ],
  [
    'gzip with another length',
    'x.csv.gz',
    () => flipped(GZIP, GZIP.length - 1),
    /gzip.*damaged/,
  ],
  [
    'Zstandard that is cut off',
    'x.csv.zst',
    () => part(zstdCompressSync(CSV), 0.7),
    /Zstandard.*cut off/,
  ],
  [
    'Parquet that is written over',
    'x.parquet',
    overwritten,
    /ZSTD|thrift|Parquet|corrupt/i,
  ],
])('%s is no end of a bill', async (_, name, content, why) => {
  const { charges, rows } = await open(name, await content());
  for (const pieces of [charges, rows]) {
    const error = await count(pieces()).catch(each => each);
    expect(error).toBeInstanceOf(BillFileError);
    expect(error.message).toMatch(`${name} can't be read: `);
    expect(error.message).toMatch(why);
  }
});

it.each(['charges', 'rows'] as const)(
  'what is told to stop after its first %s has not ended',
  async of => {
    const opened = await open('x.csv', Buffer.from(CSV));
    const pieces = opened[of]();
    expect((await pieces.next()).done).toBe(false);
    // As DuckDB answers what is interrupted.
    jest
      .spyOn(DuckDBResult.prototype, 'fetchChunk')
      .mockImplementation(async () => {
        opened.controller.abort(new Error('enough'));
        return null;
      });
    await expect(pieces.next()).rejects.toThrow('enough');
  },
);

it('memory that runs out is no fault of a file', async () => {
  const { charges } = await open('x.parquet', await parquet());
  const create = DuckDBInstance.create;
  jest
    .spyOn(DuckDBInstance, 'create')
    .mockImplementation((at, options) =>
      create.call(DuckDBInstance, at, { ...options, memory_limit: '1MB' }),
    );
  const error = await count(charges()).catch(each => each);
  expect(error).toBeInstanceOf(ServiceUnavailableError);
  expect(error.message).toMatch("x.parquet can't be read: Out of Memory");
});

it('what fails once and not twice is no fault of a file', async () => {
  const { charges } = await open('x.csv', Buffer.from(CSV));
  const pieces = charges();
  await pieces.next();
  jest.spyOn(DuckDBResult.prototype, 'fetchChunk').mockResolvedValueOnce(null);
  const error = await count(pieces).catch(each => each);
  expect(error).toBeInstanceOf(ServiceUnavailableError);
  expect(error.message).toMatch("x.csv can't be read: it ended before");
});
