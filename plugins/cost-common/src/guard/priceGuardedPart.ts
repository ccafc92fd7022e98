import { Said } from '@headroom/common';
import { EstimatedResource } from '../estimates/costEstimate';
import { estimateMonthly } from '../estimates/estimateMonthly';
import { EstimatePrices } from '../estimates/estimatePrices';
import { HOURS_PER_MONTH, PodDemand } from '../estimates/estimateRequest';
import { runningDemand } from '../estimates/runningDemand';
import { NodeLabelRules } from '../nodes/nodeLabelRules';
import { GuardSide, NOTHING } from './GuardCosts';
import { GuardedPart } from './GuardedPart';
import { wordGuard } from './guardSentences';

/** What costs something costs a micro: less than half of one would read as nothing. */
const LEAST = 1n;

/** What parts are priced with. @public */
export interface GuardPrices {
  prices: EstimatePrices;
  /** Labels of nodes that configuration adds. */
  nodeLabels?: NodeLabelRules;
  /** There is a price book and no cluster: what is missing is told of the book. */
  isOffline?: boolean;
}

/** A month of a part, and the resources whose unit price was assumed. */
export interface PricedPart extends GuardSide {
  assumed: EstimatedResource[];
}

/** A workload that costs. */
export type GuardedWorkload = Extract<GuardedPart, { type: 'workload' }>;

/** How a part is called in a row. @public */
export function nameOfPart(part: GuardedPart): string {
  switch (part.type) {
    case 'workload':
      return nameOf(part.facts.kind, part.facts);
    case 'volume':
      return nameOf('PersistentVolumeClaim', part);
    default:
      return part.name;
  }
}

/** What a part costs a month of 730 hours, as an estimate prices it. */
export function priceGuardedPart(
  part: GuardedPart,
  guardPrices: GuardPrices,
): PricedPart {
  switch (part.type) {
    case 'workload':
      return priceWorkload(part, guardPrices);
    case 'volume':
      return priceVolume(part, guardPrices);
    default:
      return { monthly: NOTHING, unknown: [part.said], assumed: [] };
  }
}

/** What a workload costs a month, from its fewest replicas to its most. */
export function priceWorkload(
  { facts, replicas, unknown, unread }: GuardedWorkload,
  guardPrices: GuardPrices,
): PricedPart {
  const { prices, nodeLabels: rules } = guardPrices;
  const counted = { ...facts, replicas: replicas?.max ?? facts.replicas };
  const { demand, unknown: ofDemand } = runningDemand(
    {
      cluster: prices.cluster,
      facts: counted,
      othersContainers: [],
      limits: [],
    },
    { pools: prices.pools, rules },
    unread,
  );
  const said = [...unknown, ...ofDemand.map(each => each.said)];
  if (!demand) {
    // Of what could not be read, that is why there is no number.
    const why = unknown.length > 0 ? unknown : said;
    return { monthly: NOTHING, unknown: why, assumed: [] };
  }
  const range = replicas ?? demand.replicas;
  const { nodePool, ...anywhere } = demand;
  const priced = monthOf(
    {
      ...anywhere,
      // A book has one price for all pools.
      ...(nodePool !== undefined && !guardPrices.isOffline && { nodePool }),
      replicas: { min: range.min, max: range.max },
    },
    guardPrices,
  );
  return {
    ...priced,
    unknown: [...said, ...priced.unknown],
    scaling: sayScaling(range),
  };
}

function sayScaling({
  min,
  max,
  scaler,
}: {
  min: number;
  max: number;
  scaler?: { kind: string; name: string };
}): Said {
  return scaler
    ? wordGuard('byScaler', { min, max, ...scaler })
    : wordGuard('byReplicas', { count: max });
}

function priceVolume(
  { name, bytes, storageClass }: Extract<GuardedPart, { type: 'volume' }>,
  guardPrices: GuardPrices,
): PricedPart {
  if (bytes === undefined) {
    const said = wordGuard('noClaimSize', { name });
    return { monthly: NOTHING, unknown: [said], assumed: [] };
  }
  const demand: PodDemand = {
    name,
    replicas: { min: 1, max: 1 },
    cpuCores: 0,
    memoryBytes: 0,
    storageBytes: bytes,
    ...(storageClass !== undefined && { storageClass }),
    spot: false,
    hoursPerMonth: HOURS_PER_MONTH,
  };
  return monthOf(demand, guardPrices);
}

function monthOf(
  demand: PodDemand,
  { prices, isOffline }: GuardPrices,
): PricedPart {
  const { minMonthly, maxMonthly, ...estimate } = estimateMonthly({
    pods: [demand],
    prices,
  });
  // What there is none of costs nothing, whatever it asks for.
  const isThere = demand.replicas.max > 0;
  const isPaid = estimate.pods.some(pod =>
    pod.prices.some(({ price }) => Number(price) > 0),
  );
  const monthOfReplicas = (micros: bigint, replicas: number) =>
    micros === 0n && isPaid && replicas > 0 ? LEAST : micros;
  return {
    monthly: {
      min: monthOfReplicas(minMonthly.micros, demand.replicas.min),
      max: monthOfReplicas(maxMonthly.micros, demand.replicas.max),
    },
    unknown: isThere
      ? estimate.unknown.map(({ resource, said }) =>
          isOffline ? sayOffline(resource, demand) : said,
        )
      : [],
    assumed: isThere
      ? estimate.pods.flatMap(pod =>
          pod.prices.flatMap(({ kind, resource }) =>
            kind === 'default' ? [resource] : [],
          ),
        )
      : [],
  };
}

function sayOffline(resource: EstimatedResource, { gpu }: PodDemand) {
  if (resource === 'storage') {
    return wordGuard('storageUnpriced');
  }
  return wordGuard(
    gpu && gpu.sharing !== 'whole' ? 'gpuShareUnpriced' : 'gpuUnpriced',
  );
}

function nameOf(
  kind: string,
  { namespace, name }: { namespace: string; name: string },
): string {
  return `${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`;
}
