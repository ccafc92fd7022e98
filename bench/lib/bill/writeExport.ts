import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { createRandom, Random } from '../random';

/** What rows are grouped by, for sums to be compared with. */
export type Grouping = 'service' | 'account' | 'category' | 'day' | 'resource';

/** Billed amounts in units of 10^-11 of the currency, by grouping and group. */
export type ExpectedSums = Record<Grouping, Map<string, bigint>>;

/** Digits after the point, as AWS writes them. */
export const SCALE = 11;

const HEADER = [
  'AvailabilityZone',
  'BilledCost',
  'BillingAccountId',
  'BillingAccountName',
  'BillingCurrency',
  'BillingPeriodEnd',
  'BillingPeriodStart',
  'ChargeCategory',
  'ChargeClass',
  'ChargeDescription',
  'ChargeFrequency',
  'ChargePeriodEnd',
  'ChargePeriodStart',
  'CommitmentDiscountCategory',
  'CommitmentDiscountId',
  'CommitmentDiscountStatus',
  'ConsumedQuantity',
  'ConsumedUnit',
  'ContractedCost',
  'EffectiveCost',
  'InvoiceIssuerName',
  'ListCost',
  'PricingCategory',
  'PricingQuantity',
  'PricingUnit',
  'ProviderName',
  'PublisherName',
  'RegionId',
  'RegionName',
  'ResourceId',
  'ResourceType',
  'ServiceCategory',
  'ServiceName',
  'SkuId',
  'SubAccountId',
  'Tags',
];

const SERVICES = [
  ['Amazon Elastic Compute Cloud', 'Compute', 'i'],
  ['Amazon Elastic Block Store', 'Storage', 'vol'],
  ['Amazon Relational Database Service', 'Databases', 'db'],
  ['Amazon Simple Storage Service', 'Storage', 'bucket'],
  ['Elastic Load Balancing', 'Networking', 'lb'],
  ['AWS Lambda', 'Compute', 'fn'],
] as const;
const TEAMS = ['checkout', 'search', 'platform', 'data', 'ml'];
const MONTH = '2026-10';
const DAYS = 31;
const LINES_PER_WRITE = 2000;

/**
 * Writes a month of an account with many resources, charged by the hour, as AWS
 * Data Exports delivers it: gzipped CSV in several files and a manifest. Every
 * hundredth row is a credit and every five-hundredth a correction.
 *
 * @returns what its rows sum to.
 */
export async function writeExport(
  folder: string,
  {
    rows,
    files = 4,
    seed = 1,
  }: { rows: number; files?: number; seed?: number },
): Promise<ExpectedSums> {
  const partition = `BILLING_PERIOD=${MONTH}`;
  const data = path.join(folder, 'focus', 'data', partition);
  const metadata = path.join(folder, 'focus', 'metadata', partition);
  await mkdir(data, { recursive: true });
  await mkdir(metadata, { recursive: true });
  const random = createRandom(seed);
  const sums: ExpectedSums = {
    service: new Map(),
    account: new Map(),
    category: new Map(),
    day: new Map(),
    resource: new Map(),
  };
  const names: string[] = [];
  for (let file = 0; file < files; file += 1) {
    const name = `focus-${String(file + 1).padStart(5, '0')}.csv.gz`;
    const [from, to] = [file, file + 1].map(part =>
      Math.round((rows * part) / files),
    );
    await writeFileOf(path.join(data, name), from, to, rows, random, sums);
    names.push(`s3://bucket/focus/data/${partition}/${name}`);
  }
  const manifest = path.join(metadata, 'focus-Manifest.json');
  await writeFile(manifest, JSON.stringify({ dataFiles: names }));
  const later = new Date();
  await utimes(manifest, later, later);
  return sums;
}

async function writeFileOf(
  file: string,
  from: number,
  to: number,
  rows: number,
  random: Random,
  sums: ExpectedSums,
): Promise<void> {
  const gzip = createGzip({ level: 1 });
  const written = finished(gzip.pipe(createWriteStream(file)));
  let lines = [`${HEADER.join(',')}\n`];
  for (let row = from; row < to; row += 1) {
    lines.push(lineOf(row, rows, random, sums));
    if (lines.length >= LINES_PER_WRITE || row === to - 1) {
      if (!gzip.write(lines.join(''))) {
        await once(gzip, 'drain');
      }
      lines = [];
    }
  }
  gzip.end();
  await written;
}

/** A resource is charged for some 700 hours, as in a month. */
function lineOf(
  row: number,
  rows: number,
  random: Random,
  sums: ExpectedSums,
): string {
  const resources = Math.max(1, Math.round(rows / 700));
  const index = row % resources;
  const hour = Math.floor(row / resources) % (24 * DAYS);
  const [service, serviceCategory, prefix] = SERVICES[index % SERVICES.length];
  const category = row % 100 === 99 ? 'Credit' : 'Usage';
  const account = String(100_000_000_000 + (index % 12));
  const resource = `${prefix}-${index.toString(16).padStart(12, '0')}`;
  const day = `${MONTH}-${String(Math.floor(hour / 24) + 1).padStart(2, '0')}`;
  const magnitude = BigInt(Math.floor(random() * 10 ** SCALE));
  const units = category === 'Credit' ? -magnitude / 10n : magnitude;
  const billed = decimal(units);
  const at = `${day}T${String(hour % 24).padStart(2, '0')}:00:00Z`;
  const group = (name: Grouping, key: string) =>
    sums[name].set(key, (sums[name].get(key) ?? 0n) + units);
  group('service', service);
  group('account', account);
  group('category', category);
  group('day', day);
  group('resource', resource);
  return `us-east-1a,${billed},999999999999,Payer,USD,2026-11-01T00:00:00Z,${MONTH}-01T00:00:00Z,${category},${
    row % 500 === 0 ? 'Correction' : ''
  },"$0.0416 per On Demand Linux hour, of ${service}",Usage-Based,${at},${at},,,,1.0000000000,Hours,${billed},${decimal(
    (units * 7n) / 10n,
  )},"Amazon Web Services, Inc.",${billed},Standard,1.0000000000,Hours,AWS,"Amazon Web Services, Inc.",us-east-1,US East (N. Virginia),${resource},Instance,${serviceCategory},${service},SKU${
    index % 97
  },${account},"{""team"": ""${
    TEAMS[index % TEAMS.length]
  }"", ""Name"": ""host-${index}"", ""cost-center"": ""${index % 40}""}"\n`;
}

function decimal(units: bigint): string {
  const magnitude = (units < 0n ? -units : units)
    .toString()
    .padStart(SCALE + 1, '0');
  return `${units < 0n ? '-' : ''}${magnitude.slice(
    0,
    -SCALE,
  )}.${magnitude.slice(-SCALE)}`;
}
