import { setImmediate } from 'node:timers/promises';
import { calendarDay, ProblemLog, SourceProblem } from '@headroom/common';
import { inTurns } from '@headroom/node';
import {
  allocateHourInSteps,
  createNetworkPricer,
  createNodePricer,
  createVolumePricer,
  mergePriceBooks,
  Observations,
  PriceBook,
  PriceBookPart,
} from '@headroom/plugin-cost-common';
import { SourceQuery, UsageSource } from '@headroom/plugin-cost-node';
import { PriceConfig } from '../../core/config/CostConfig';
import { HourAnswer, WindowAnswer } from './HourAnswer';
import { hourDevices } from './hourDevices';
import { machinesOf } from './machinesOf';
import { knownContainers } from './hourKnowledge';
import { hourUsageInSteps } from './hourUsage';
import { hoursBetween } from '../../core/hours';

/** Prices that hold for one window of one cluster. */
export interface WindowPrices {
  config: PriceConfig;
  /** IANA zone of the days that rates of exchange are for. */
  timezone: string;
  source?: PriceBookPart;
  problems: SourceProblem[];
  /** Requests that were made for them. */
  queries: number;
}

/** Asks a usage source for a window and allocates each of its hours. */
export async function readUsage(
  source: Pick<UsageSource, 'observe'>,
  query: SourceQuery,
  prices: WindowPrices,
): Promise<WindowAnswer> {
  const observations = await source.observe(query);
  const { queries, missingHours, problems, devices } = observations;
  const byHour = groupByHour(observations);
  const pricersOf = perBook(book =>
    createPricers(prices.config, book, prices.source),
  );
  return {
    queries: queries + prices.queries,
    containers: Math.max(
      0,
      ...[...byHour.values()].map(hour => hour.containers.length),
    ),
    // Without the observations themselves: an hour is let go once it is allocated.
    hours: allocate(query, byHour, {
      pricersOn: day => pricersOf(prices.config.builtInOn(day)),
      timezone: prices.timezone,
      missing: new Set(missingHours.map(toKey)),
      problems: [...prices.problems, ...problems],
      knowsDevices: devices !== undefined,
    }),
  };
}

type HourObservations = Pick<
  Observations,
  'nodes' | 'containers' | 'volumes' | 'network' | 'devices'
>;

/** What a window's hours are read with. */
interface WindowContext {
  pricersOn: (day: string) => ReturnType<typeof createPricers>;
  timezone: string;
  missing: Set<string>;
  problems: SourceProblem[];
  knowsDevices: boolean;
}

async function* allocate(
  { start, end }: SourceQuery,
  byHour: Map<string, HourObservations>,
  context: WindowContext,
): AsyncGenerator<HourAnswer> {
  for (const hour of hoursBetween(start, end)) {
    await setImmediate();
    yield answerOf(hour, byHour, context);
  }
}

/** Takes the hour from `byHour`: nothing holds it while its answer is stored. */
async function answerOf(
  hour: Date,
  byHour: Map<string, HourObservations>,
  context: WindowContext,
): Promise<HourAnswer> {
  const key = hour.toISOString();
  const seen = byHour.get(key);
  byHour.delete(key);
  const problems = context.problems.filter(
    problem => !problem.hour || toKey(problem.hour) === key,
  );
  const reason = context.missing.has(key) ? 'no-data' : reasonToDoubt(seen);
  if (reason || !seen) {
    return {
      status: 'missing',
      hour,
      reason: reason ?? 'empty-answer',
      problems,
    };
  }
  const allocated = await inTurns(
    allocateHourInSteps({
      hour: key,
      ...seen,
      ...context.pricersOn(calendarDay(key, context.timezone)),
    }),
  );
  const readings = ProblemLog.create({ hour: key });
  const usage = await inTurns(hourUsageInSteps(key, seen, readings));
  return {
    status: 'complete',
    hour,
    rows: allocated.rows,
    pods: allocated.pods,
    nodes: allocated.nodes,
    machines: machinesOf(seen.nodes),
    workloads: allocated.workloads,
    containers: knownContainers(seen.containers),
    usage,
    devices: context.knowsDevices
      ? hourDevices(seen.devices ?? [], seen, readings)
      : undefined,
    problems: [...problems, ...allocated.problems, ...readings.toArray()],
  };
}

function createPricers(
  config: PriceConfig,
  builtIn: PriceBook,
  source: PriceBookPart | undefined,
) {
  const book = mergePriceBooks(config.config, source ?? {}, builtIn);
  return {
    priceNode: createNodePricer(
      { config: config.config, source, builtIn },
      { discounts: config.discounts },
    ),
    priceVolume: createVolumePricer({ config: config.config, source, builtIn }),
    priceNetwork: createNetworkPricer(book),
  };
}

/** Makes one thing a price book; the book changes when the rate of exchange does. */
function perBook<T>(make: (book: PriceBook) => T): (book: PriceBook) => T {
  const made = new Map<PriceBook, T>();
  return book => {
    const thing = made.get(book) ?? make(book);
    made.set(book, thing);
    return thing;
  };
}

/** A cluster has nodes; an answer without any is a gap, not a free hour. */
function reasonToDoubt(seen: HourObservations | undefined): string | undefined {
  if (!seen || (seen.nodes.length === 0 && seen.containers.length === 0)) {
    return 'empty-answer';
  }
  return seen.nodes.length === 0 ? 'no-nodes' : undefined;
}

function groupByHour(
  observations: Observations,
): Map<string, HourObservations> {
  const byHour = new Map<string, HourObservations>();
  const at = (hour: string) => {
    const key = toKey(hour);
    const group = byHour.get(key) ?? {
      nodes: [],
      containers: [],
      volumes: [],
      network: [],
      devices: [],
    };
    byHour.set(key, group);
    return group;
  };
  observations.nodes.forEach(each => at(each.hour).nodes.push(each));
  observations.containers.forEach(each => at(each.hour).containers.push(each));
  observations.volumes.forEach(each => at(each.hour).volumes.push(each));
  observations.network.forEach(each => at(each.hour).network.push(each));
  observations.devices?.forEach(each => at(each.hour).devices?.push(each));
  return byHour;
}

// Sources repeat the same few hours once a container.
const keys = new Map<string, string>();

function toKey(hour: string): string {
  let key = keys.get(hour);
  if (key === undefined) {
    key = new Date(hour).toISOString();
    if (keys.size > 5000) {
      keys.clear();
    }
    keys.set(hour, key);
  }
  return key;
}
