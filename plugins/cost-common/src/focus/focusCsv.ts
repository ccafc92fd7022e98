import { POD_LEVEL_CONTAINER, UNMOUNTED_WORKLOAD } from '../allocation/types';
import {
  csvLine,
  dayBounds,
  microsToDecimal,
  monthStart,
  nextMonthStart,
} from '@headroom/common';
import { Resource } from '../resources/resources';
import { FocusCharge } from './focusCharge';

/** How a shared node is split; explained in the documentation under this name. @public */
export const FOCUS_ALLOCATION_METHOD = 'headroom-max-of-request-and-usage';

const DEFAULT_PROVIDER = 'Kubernetes';

/** A day of a charge whose amount no source tells. */
const PER_DAY = { quantity: '1', unit: 'Days' };

const CONTAINERS = { category: 'Compute', subcategory: 'Containers' };

const RESOURCES: Record<
  Resource,
  { name: string; category: string; subcategory: string; unit: string }
> = {
  cpu: { name: 'CPU', ...CONTAINERS, unit: 'Core-Hours' },
  memory: { name: 'Memory', ...CONTAINERS, unit: 'GiB-Hours' },
  gpu: { name: 'GPU', ...CONTAINERS, unit: 'GPU-Hours' },
  storage: {
    name: 'Storage',
    category: 'Storage',
    // A claim may be a block or a file store: no source tells.
    subcategory: 'Other (Storage)',
    unit: 'GiB-Hours',
  },
  network: {
    name: 'Network',
    category: 'Networking',
    // Traffic between zones, regions and the internet.
    subcategory: 'Network Connectivity',
    unit: 'GiB',
  },
};

type Value = string | number | undefined;

/** A column's name and what a charge says in it; `undefined` is NULL. */
const COLUMNS: Array<[string, (charge: FocusCharge) => Value]> = [
  ['BilledCost', cost],
  ['BillingAccountId', charge => charge.billingAccountId ?? charge.cluster],
  [
    'BillingAccountName',
    charge =>
      charge.billingAccountName ?? charge.billingAccountId ?? charge.cluster,
  ],
  ['BillingCurrency', charge => charge.currency],
  [
    'BillingPeriodEnd',
    ({ day, timezone }) => utc(dayBounds(nextMonthStart(day), timezone).start),
  ],
  [
    'BillingPeriodStart',
    ({ day, timezone }) => utc(dayBounds(monthStart(day), timezone).start),
  ],
  ['ChargeCategory', () => 'Usage'],
  ['ChargeClass', () => undefined],
  ['ChargeDescription', describe],
  ['ChargeFrequency', () => 'Usage-Based'],
  ['ChargePeriodEnd', ({ day, timezone }) => utc(dayBounds(day, timezone).end)],
  [
    'ChargePeriodStart',
    ({ day, timezone }) => utc(dayBounds(day, timezone).start),
  ],
  ['ConsumedQuantity', charge => measureOf(charge).quantity],
  ['ConsumedUnit', charge => measureOf(charge).unit],
  ['ContractedCost', cost],
  ['EffectiveCost', cost],
  // What is charged here is a share of a price, not an item of an invoice.
  ['InvoiceId', () => undefined],
  ['InvoiceIssuerName', provider],
  ['ListCost', cost],
  [
    'PricingCategory',
    charge =>
      isAllocated(charge) && charge.capacityType === 'spot'
        ? 'Dynamic'
        : 'Standard',
  ],
  ['PricingQuantity', charge => measureOf(charge).quantity],
  ['PricingUnit', charge => measureOf(charge).unit],
  ['ProviderName', provider],
  ['PublisherName', provider],
  ['RegionId', ({ region }) => region || undefined],
  ['RegionName', ({ region }) => region || undefined],
  ['ResourceId', ({ cluster }) => cluster],
  ['ResourceName', ({ cluster }) => cluster],
  ['ResourceType', () => 'Kubernetes Cluster'],
  ['ServiceCategory', ({ resource }) => RESOURCES[resource].category],
  ['ServiceName', ({ resource }) => `Kubernetes ${RESOURCES[resource].name}`],
  ['ServiceSubcategory', ({ resource }) => RESOURCES[resource].subcategory],
  ['SubAccountId', ({ cluster }) => cluster],
  ['SubAccountName', ({ cluster }) => cluster],
  ['Tags', ({ tags }) => json(tags)],
  // FOCUS 1.3
  [
    'AllocatedMethodId',
    charge => (isAllocated(charge) ? FOCUS_ALLOCATION_METHOD : undefined),
  ],
  [
    'AllocatedResourceId',
    charge => (isAllocated(charge) ? pathOf(charge) : undefined),
  ],
  [
    'AllocatedResourceName',
    charge => (isAllocated(charge) ? charge.workload : undefined),
  ],
  ['HostProviderName', provider],
  ['ServiceProviderName', provider],
  // Ours
  ['x_Cluster', ({ cluster }) => cluster],
  ['x_Namespace', charge => named(charge, charge.namespace)],
  ['x_WorkloadKind', charge => named(charge, charge.workloadKind)],
  ['x_Workload', ({ workload }) => workload || undefined],
  ['x_Container', charge => named(charge, charge.container)],
  ['x_EntityRef', ({ entityRef }) => entityRef],
  ['x_CapacityType', ({ capacityType }) => capacityType],
  ['x_Idle', ({ idle }) => (idle ? 'true' : 'false')],
];

/**
 * The first line of a FOCUS CSV, without a line end: every mandatory and
 * recommended column of FOCUS 1.2 but the zone's, the optional ones that have
 * something to say, the allocation and provider columns of 1.3, and our own,
 * which begin with `x_`.
 *
 * @public
 */
export function focusHeader(): string {
  return csvLine(COLUMNS.map(([name]) => name));
}

/**
 * A charge as a line of FOCUS CSV, without a line end; columns as in
 * {@link focusHeader}.
 *
 * - Amounts are exact: the BilledCost of all lines sums to the micros of all
 *   charges. Billed, effective, contracted and list cost are the same amount,
 *   because the price that was allocated is the only one known.
 * - Periods are UTC; a day and a month are those of the charge's zone, the end
 *   is exclusive.
 * - CPU, memory and GPU are shares of a node: AllocatedMethodId is set, and spot
 *   capacity is `Dynamic`. Storage and traffic are metered as they are.
 * - FOCUS wants a quantity of all that is used. Where none is known, what is
 *   charged is one `Days`, and the description says so.
 * - InvoiceId is NULL: no charge is an item of an invoice.
 * - What else is not known is NULL (an empty field), never 0.
 *
 * @public
 */
export function focusLine(charge: FocusCharge): string {
  return csvLine(COLUMNS.map(([, read]) => read(charge)));
}

/** Whether the charge is a share of something bigger. */
function isAllocated({ resource }: FocusCharge): boolean {
  return resource === 'cpu' || resource === 'memory' || resource === 'gpu';
}

function cost({ costMicros }: FocusCharge): string {
  return microsToDecimal(costMicros);
}

function provider(charge: FocusCharge): string {
  return charge.provider ?? DEFAULT_PROVIDER;
}

/** FOCUS numbers: no plus sign, the exponent as `mEn`. */
function measureOf(charge: FocusCharge): { quantity: string; unit: string } {
  return isMeasured(charge)
    ? {
        quantity: String(charge.quantity).replace('e', 'E').replace('+', ''),
        unit: RESOURCES[charge.resource].unit,
      }
    : PER_DAY;
}

function isMeasured({ quantity }: FocusCharge): boolean {
  return quantity !== undefined && Number.isFinite(quantity);
}

function describe(charge: FocusCharge): string {
  const { name } = RESOURCES[charge.resource];
  const what = `${name} ${
    charge.idle ? describeIdle(charge) : describeOwn(charge)
  }`;
  return isMeasured(charge) ? what : `${what}, amount unknown`;
}

function describeOwn(charge: FocusCharge): string {
  const { workloadKind, namespace, workload, container } = charge;
  const pods = `of ${workloadKind} ${namespace}/${workload}`;
  return container === POD_LEVEL_CONTAINER
    ? pods
    : `${pods}, container ${container}`;
}

function describeIdle({ workload }: FocusCharge): string {
  return workload === UNMOUNTED_WORKLOAD
    ? 'of volumes no pod mounted'
    : `nobody asked for, node pool ${workload || 'unknown'}`;
}

function pathOf(charge: FocusCharge): string {
  const { cluster, namespace, workloadKind, workload, container } = charge;
  return [cluster, namespace, workloadKind, workload, container]
    .filter(Boolean)
    .join('/');
}

/** Idle capacity has no namespace, workload kind or container of its own. */
function named({ idle }: FocusCharge, value: string): Value {
  return idle ? undefined : value || undefined;
}

function json(tags: Record<string, string> | undefined): Value {
  const sorted = Object.entries(tags ?? {}).sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  return sorted.length > 0
    ? JSON.stringify(Object.fromEntries(sorted))
    : undefined;
}

function utc(instant: Date): string {
  return instant.toISOString().replace('.000Z', 'Z');
}
