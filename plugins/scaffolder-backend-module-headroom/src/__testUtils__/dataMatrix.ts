/**
 * Answers to the templates whose repositories hold programs and no manifests: buckets
 * and tables.
 */
import type { Answers } from './matrix';

type Values = Record<string, unknown>;

/** Every choice of the one with every choice of the others. */
function grid(choices: Record<string, readonly unknown[]>): Answers[] {
  return Object.entries(choices).reduce<Answers[]>(
    (sets, [name, options]) =>
      sets.flatMap(({ title, values }) =>
        options.map(option => ({
          title: `${title}${title && ', '}${name} ${String(option)}`,
          values: { ...values, [name]: option },
        })),
      ),
    [{ title: '', values: {} }],
  );
}

function answers(base: Values, sets: readonly Answers[]): Answers[] {
  return sets.map(({ title, values }) => ({
    title,
    values: { ...base, ...values },
  }));
}

const COMMON = {
  owner: 'group:default/shop',
  repoUrl: 'github.com?owner=acme&repo=data',
};
const LONGEST_NAME = `a${'b'.repeat(30)}-${'c'.repeat(31)}`;
const LONGEST_IDENTIFIERS = {
  schema: `_${'a'.repeat(30)}`,
  table: `t${'b'.repeat(30)}`,
  control: `c${'d'.repeat(30)}`,
};

const lifecycle = answers(
  {
    ...COMMON,
    name: 'exports-lifecycle',
    bucket: 'acme-exports',
    region: 'eu-central-1',
    prefix: 'exports/',
    infrequentAfterDays: 30,
    archive: 'none',
    archiveDaysLater: 60,
    expire: false,
    keepDays: 365,
    noncurrentDays: 30,
    newerVersions: 1,
    abortDays: 7,
  },
  [
    ...grid({
      archive: ['none', 'GLACIER_IR', 'GLACIER', 'DEEP_ARCHIVE'],
      expire: [false, true],
      prefix: ['exports/', '/'],
    }),
    { title: 'no old version', values: { newerVersions: 0, expire: true } },
    {
      title: 'the longest name',
      values: {
        name: LONGEST_NAME,
        bucket: 'b'.repeat(63),
        prefix: `${'p'.repeat(511)}/`,
      },
    },
  ],
);

const audit = answers(
  {
    ...COMMON,
    name: 'audit-log',
    bucket: 'acme-audit',
    region: 'eu-central-1',
    account: '123456789012',
    administrator: 'audit-administrator',
    mode: 'GOVERNANCE',
    days: 365,
    encryption: 'AES256',
  },
  [
    ...grid({
      mode: ['GOVERNANCE', 'COMPLIANCE'],
      encryption: ['AES256', 'aws:kms'],
      days: [1, 36500],
    }),
    {
      title: 'the region without a constraint',
      values: { region: 'us-east-1' },
    },
    {
      title: 'the longest name',
      values: {
        name: LONGEST_NAME,
        bucket: 'b'.repeat(63),
        administrator: `${'r'.repeat(57)}+=,.@_-`,
        // YAML 1.1 would take it for an octal number.
        account: '001234567012',
      },
    },
  ],
);

const partitions = answers(
  {
    ...COMMON,
    name: 'events-partitions',
    schema: 'app',
    table: 'events',
    control: 'created_at',
    controlType: 'timestamptz',
    interval: 'day',
    premake: 7,
    retentionDays: 90,
    maintenance: 'pg_cron',
  },
  [
    ...grid({
      interval: ['day', 'week', 'month'],
      controlType: ['timestamptz', 'timestamp', 'date'],
      maintenance: ['pg_cron', 'background-worker', 'own'],
    }),
    {
      title: 'the longest name',
      values: { name: LONGEST_NAME, ...LONGEST_IDENTIFIERS },
    },
    {
      title: 'words of SQL',
      values: { schema: 'user', table: 'order', control: 'end' },
    },
    {
      title: 'little ahead and little kept',
      values: { interval: 'month', premake: 2, retentionDays: 1 },
    },
    {
      title: 'much ahead and much kept',
      values: { premake: 60, retentionDays: 36500 },
    },
  ],
);

export const DATA_MATRIX: Readonly<Record<string, readonly Answers[]>> = {
  'object-storage-lifecycle': lifecycle,
  'worm-audit-bucket': audit,
  'postgres-partitions': partitions,
};
