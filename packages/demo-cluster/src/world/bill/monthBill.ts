import { DAY_MS, HOUR_MS } from '@headroom/common';
import { overlapSeconds, providerIdOf } from '../lives';
import type { NodeLife } from '../lives';
import { HOUR_SECONDS } from '../time';
import type { WorldCluster } from '../WorldCluster';
import { SIDE_SERVICES } from './sideServices';

/** A day of a bill, in the columns of FOCUS. @public */
export interface WorldBill {
  header: string[];
  rows: Array<Array<string | null>>;
}

/** A month as it is billed by now. @public */
export interface WorldBillMonth {
  /** `YYYY-MM`. */
  month: string;
  /** Another one when it grew or was restated. */
  version: string;
  /** First day, and the day after the last that is billed. */
  start: string;
  end: string;
  /** The provider has granted a larger discount after the fact. */
  restated: boolean;
}

const COLUMNS = [
  'BilledCost',
  'EffectiveCost',
  'ListCost',
  'ContractedCost',
  'BillingAccountId',
  'SubAccountId',
  'BillingCurrency',
  'BillingPeriodStart',
  'BillingPeriodEnd',
  'ChargePeriodStart',
  'ChargePeriodEnd',
  'ChargeCategory',
  'ChargeClass',
  'ChargeFrequency',
  'ProviderName',
  'ServiceName',
  'ServiceCategory',
  'RegionId',
  'ResourceId',
  'PricingCategory',
  'CommitmentDiscountStatus',
  'CommitmentDiscountId',
  'Tags',
] as const;

type Row = Partial<Record<(typeof COLUMNS)[number], string>>;

/** Amounts are in 10^-10 USD. */
const SCALE = 10;
const MICRO = 10_000n;
const PRICE_SCALE = 4;

const ACCOUNT = '100000000001';
const PLAN = `arn:aws:savingsplans::${ACCOUNT}:savingsplan/demo`;
const COMPUTE = {
  ServiceName: 'Amazon Elastic Compute Cloud',
  ServiceCategory: 'Compute',
};
/** Of on-demand machines, in percent. */
const COVERED = 70;
/** What is left of a list price, in percent. */
const SAVINGS_PLAN = 72n;
const AGREED = 95n;
const AGREED_AFTER_ALL = 92n;
/** Of the savings plan, in percent. */
const UNUSED = 3n;
const DAYS_UNTIL_RESTATED = 3;
const SHOWN_FIRST_MS = 4 * 60_000;
const CREDIT_MICROS = 250_000_000n;

/**
 * The months a cluster is billed for by a moment; a day is billed once it is over. A
 * month is restated three days after its end, the newest of them not before who starts
 * the demo can see it happen: minutes after it ran for the first time.
 */
export function billMonths(
  cluster: Pick<WorldCluster, 'start' | 'seed'>,
  now: Date,
  shownSince: Date,
): WorldBillMonth[] {
  const months: WorldBillMonth[] = [];
  const firstDay = Math.ceil(cluster.start.getTime() / DAY_MS) * DAY_MS;
  const today = Math.floor(now.getTime() / DAY_MS) * DAY_MS;
  const isDue = (end: number) => today >= end + DAYS_UNTIL_RESTATED * DAY_MS;
  for (let from = firstDay; from < today; ) {
    const next = nextMonth(from);
    const end = Math.min(next, today);
    const isNewestDue = isDue(next) && !isDue(nextMonth(next));
    const restated =
      isDue(next) &&
      (!isNewestDue || now.getTime() >= shownSince.getTime() + SHOWN_FIRST_MS);
    months.push({
      month: isoDay(from).slice(0, 7),
      start: isoDay(from),
      end: isoDay(end),
      restated,
      version: [cluster.seed, isoDay(from), isoDay(end), restated].join('/'),
    });
    from = next;
  }
  return months;
}

/**
 * What a cluster's provider bills for one day: nodes at a savings plan, at an
 * agreed discount or as spot, what was bought and not used, services beside it,
 * and a credit a month.
 */
export function dayBill(
  cluster: WorldCluster,
  day: string,
  restated: boolean,
): WorldBill {
  const rows: Row[] = [];
  const agreed = restated ? AGREED_AFTER_ALL : AGREED;
  let planned = 0n;
  for (const { node, list } of nodesOf(cluster, day)) {
    const row = { ...COMPUTE, ResourceId: resourceIdOf(node) };
    if (node.pool.capacityType === 'spot') {
      rows.push({ ...row, ...paid(list, list), PricingCategory: 'Dynamic' });
    } else if (node.hash % 100 < COVERED) {
      const effective = percent(list, SAVINGS_PLAN);
      planned += effective;
      rows.push({
        ...row,
        ...amounts({ billed: 0n, effective, list }),
        PricingCategory: 'Committed',
        CommitmentDiscountStatus: 'Used',
        CommitmentDiscountId: PLAN,
      });
    } else {
      rows.push({ ...row, ...paid(percent(list, agreed), list) });
    }
  }
  rows.push(...planRows(planned), ...sideRows(cluster));
  if (day.endsWith('-01')) {
    rows.push({
      ServiceName: 'AWS Migration Acceleration',
      ServiceCategory: 'Other',
      ChargeCategory: 'Credit',
      ChargeFrequency: 'One-Time',
      ...paid(-CREDIT_MICROS * MICRO, -CREDIT_MICROS * MICRO),
    });
  }
  const common = commonOf(cluster, day);
  return {
    header: [...COLUMNS],
    rows: rows.map(row =>
      COLUMNS.map(column => row[column] ?? common[column] ?? null),
    ),
  };
}

/** What was bought for a day: used up by machines but for a part. */
function planRows(used: bigint): Row[] {
  if (used === 0n) {
    return [];
  }
  const unused = percent(used, UNUSED);
  const plan = {
    ServiceName: 'Savings Plans for AWS Compute usage',
    ServiceCategory: 'Compute',
    CommitmentDiscountId: PLAN,
    ResourceId: PLAN,
    PricingCategory: 'Committed',
  };
  const bought = used + unused;
  return [
    {
      ...plan,
      ...amounts({ billed: bought, effective: 0n, list: bought }),
      ChargeCategory: 'Purchase',
      ChargeFrequency: 'Recurring',
    },
    {
      ...plan,
      ...amounts({ billed: 0n, effective: unused, list: 0n }),
      CommitmentDiscountStatus: 'Unused',
    },
  ];
}

function sideRows(cluster: WorldCluster): Row[] {
  return SIDE_SERVICES.map(
    ({ service, category, resource, dailyMicros, application }) => ({
      ...paid(dailyMicros * MICRO, dailyMicros * MICRO),
      ServiceName: service,
      ServiceCategory: category,
      ResourceId: `arn:aws:demo:${cluster.region}:${ACCOUNT}:${resource}`,
      ...(application && { Tags: JSON.stringify({ application }) }),
    }),
  );
}

function commonOf(cluster: WorldCluster, day: string): Row {
  const month = `${day.slice(0, 7)}-01`;
  const at = Date.parse(day);
  return {
    BillingAccountId: ACCOUNT,
    SubAccountId: ACCOUNT,
    BillingCurrency: 'USD',
    BillingPeriodStart: `${month}T00:00:00Z`,
    BillingPeriodEnd: `${isoDay(nextMonth(at))}T00:00:00Z`,
    ChargePeriodStart: `${day}T00:00:00Z`,
    ChargePeriodEnd: `${isoDay(at + DAY_MS)}T00:00:00Z`,
    ChargeCategory: 'Usage',
    ChargeFrequency: 'Usage-Based',
    ProviderName: 'AWS',
    RegionId: cluster.region,
    PricingCategory: 'Standard',
  };
}

/** The machines of a day and what they cost at list prices. */
function nodesOf(
  cluster: WorldCluster,
  day: string,
): Array<{ node: NodeLife; list: bigint }> {
  const start = new Date(`${day}T00:00:00Z`);
  const prices = cluster.prices(start, new Date(start.getTime() + DAY_MS));
  const seconds = new Map<string, { node: NodeLife; up: number }>();
  for (let hour = 0; hour < 24; hour++) {
    const ms = start.getTime() + hour * HOUR_MS - cluster.start.getTime();
    const from = ms / 1000;
    for (const node of cluster.livesOf(ms / HOUR_MS).nodes) {
      const up = overlapSeconds(node, from, from + HOUR_SECONDS);
      const known = seconds.get(node.id) ?? { node, up: 0 };
      seconds.set(node.id, { node, up: known.up + up });
    }
  }
  return [...seconds.values()]
    .filter(({ up }) => up > 0)
    .map(({ node, up }) => {
      const price = prices.nodes.find(
        each =>
          each.instanceType === node.pool.instanceType &&
          each.capacityType === node.pool.capacityType &&
          (!each.validFrom || each.validFrom <= day) &&
          (!each.validTo || day < each.validTo),
      );
      const perHour = BigInt(
        Math.round(Number(price?.hourlyPrice ?? 0) * 10 ** PRICE_SCALE),
      );
      const scaled = perHour * 10n ** BigInt(SCALE - PRICE_SCALE);
      return {
        node,
        list: (scaled * BigInt(Math.round(up))) / BigInt(HOUR_SECONDS),
      };
    });
}

function resourceIdOf(node: NodeLife): string {
  return providerIdOf(node).split('/').at(-1) ?? '';
}

function percent(amount: bigint, part: bigint): bigint {
  return (amount * part) / 100n;
}

function paid(amount: bigint, list: bigint): Row {
  return amounts({ billed: amount, effective: amount, list });
}

function amounts(of: { billed: bigint; effective: bigint; list: bigint }): Row {
  return {
    BilledCost: decimal(of.billed),
    EffectiveCost: decimal(of.effective),
    ListCost: decimal(of.list),
    ContractedCost: decimal(of.effective),
  };
}

function decimal(amount: bigint): string {
  const magnitude = (amount < 0n ? -amount : amount)
    .toString()
    .padStart(SCALE + 1, '0');
  return `${amount < 0n ? '-' : ''}${magnitude.slice(
    0,
    -SCALE,
  )}.${magnitude.slice(-SCALE)}`;
}

function isoDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

function nextMonth(ms: number): number {
  const at = new Date(ms);
  return Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1);
}
