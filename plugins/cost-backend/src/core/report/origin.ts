import { HOUR_MS, SourceProblem } from '@headroom/common';
import {
  Origin,
  ReportBase,
  Resource,
  RESOURCES,
  SharingPolicy,
  unitCost,
  wordPrices,
} from '@headroom/plugin-cost-common';
import { ClusterCoverage, NodePriceRow } from '../../database/ReportStore';
import { backfillOf } from '../../features/cost/backfill';
import { ReportFacts } from './headline';
import { Sums } from '../../database/sums';

const BYTES_PER_GIB = 2 ** 30;
const MAX_PROBLEMS = 20;

const UNITS: Record<
  Resource,
  { unit: Origin['formulas'][number]['unit']; per: number }
> = {
  cpu: { unit: 'core-hour', per: 1 },
  memory: { unit: 'GiB-hour', per: BYTES_PER_GIB },
  gpu: { unit: 'device-hour', per: 1 },
  storage: { unit: 'GiB-hour', per: BYTES_PER_GIB },
  network: { unit: 'GiB', per: BYTES_PER_GIB },
};

/** Where the figures come from: sources, prices and how idle is treated. */
export function originOf(options: {
  facts: ReportFacts;
  clusters: ClusterCoverage[];
  simulated: ReadonlySet<string>;
  prices: NodePriceRow[];
  currency: string;
  sharing: SharingPolicy;
}): Omit<Origin, 'links' | 'formulas'> {
  const { facts, clusters, simulated, prices, currency, sharing } = options;
  const { request, calendar, coverage } = facts;
  const days = calendar.days(request.window.start, request.window.end);
  return {
    sources: clusters.map(each => ({
      cluster: each.cluster,
      source: each.source,
      simulated: simulated.has(each.cluster),
      ...(each.lastHour && { lastHour: each.lastHour }),
      missingHours: coverage.missingOf(each, days),
      ...(each.downSince && { downSince: each.downSince }),
      ...runningBackfill(each),
    })),
    prices: prices.map(price => ({ ...price, currency })),
    sharing: {
      idle: request.idle,
      sharedNamespaces: [...sharing.sharedNamespaces],
      split: sharing.split,
    },
  };
}

function runningBackfill(
  cluster: ClusterCoverage,
): Pick<Origin['sources'][number], 'backfill'> {
  const progress = backfillOf(cluster);
  if (!progress || progress.finished) {
    return {};
  }
  const { doneHours, totalHours } = progress;
  return { backfill: { doneHours, totalHours } };
}

/** Quantity × effective price = cost, a resource at a time. */
export function formulasOf(sums: Sums): Origin['formulas'] {
  return RESOURCES.map(resource => {
    const { unit, per } = UNITS[resource];
    const quantity = sums.quantities[resource] / per;
    const { unitCost: effectivePrice } = unitCost({
      costMicros: sums.cost[resource],
      quantity,
      per: 1,
      minimum: 0,
    });
    return {
      resource,
      quantity,
      unit,
      ...(effectivePrice && { effectivePrice }),
      cost: sums.cost[resource].toString(),
    };
  });
}

/** End of the newest hour that is in. */
export function dataUntil(clusters: ClusterCoverage[]): string | undefined {
  const last = clusters
    .flatMap(({ lastHour }) => (lastHour ? [Date.parse(lastHour)] : []))
    .sort((a, b) => b - a)[0];
  return last === undefined
    ? undefined
    : new Date(last + HOUR_MS).toISOString();
}

/**
 * What is wrong with the data. Problems name nodes and pods of anyone, so a
 * caller who may see only some services is not shown them.
 */
export function problemsOf(
  clusters: ClusterCoverage[],
  seesEverything: boolean,
  { request }: Pick<ReportFacts, 'request'>,
): SourceProblem[] {
  const problems = seesEverything
    ? clusters.flatMap(({ problems: told }) => told)
    : [];
  const rates = request.conversion.rates;
  if (rates && rates[0].validFrom > request.window.start) {
    problems.push({
      code: 'rate-before-validity',
      severity: 'warning',
      ...wordPrices('rateMissing', {
        currency: request.conversion.currency,
        from: rates[0].validFrom,
      }),
    });
  }
  return problems.slice(0, MAX_PROBLEMS);
}

/** Fields every report starts with. */
export function reportBase(options: {
  facts: ReportFacts;
  clusters: ClusterCoverage[];
  simulated: ReadonlySet<string>;
  seesEverything: boolean;
  currency: Pick<ReportBase, 'currency' | 'conversion'>;
}): ReportBase {
  const { facts, clusters, simulated, seesEverything, currency } = options;
  const until = dataUntil(clusters);
  return {
    window: facts.request.window,
    ...currency,
    simulated: clusters.some(({ cluster }) => simulated.has(cluster)),
    ...(until && { dataUntil: until }),
    problems: problemsOf(clusters, seesEverything, facts),
  };
}
