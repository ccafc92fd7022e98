import { NodePrice, PriceOrigin } from '../allocation/types';
import {
  convertMicros,
  decimalToMicros,
  microsToDecimal,
  multiplyDecimal,
} from '../money';
import { NodeHour } from '../observations/observations';
import { CapacityType } from '../resources/resources';
import { findGpuPrice } from './gpuPrice';
import { mergePriceBooks } from './mergePriceBooks';
import {
  GpuPriceEntry,
  NodePriceEntry,
  PriceBook,
  PriceBookPart,
} from './types';

const BYTES_PER_GIB = 2 ** 30;

/**
 * What a contract takes off list prices, e.g. an enterprise discount.
 * Configured prices and those of a source are taken as they are: net.
 *
 * @public
 */
export interface PriceDiscount {
  /** Part of the price that is not paid, decimal string, at least 0 and below 1, e.g. `0.12`. */
  share: string;
  /** Absent = both. */
  capacityType?: CapacityType;
}

/**
 * Prices nodes, and says where each price came from. The first of these that
 * has an answer wins:
 *
 * 1. `config`: an entry for the instance type, of the node's region before one
 *    for any region, valid in the hour
 * 2. `source`: the hourly price the usage source reported with the node, when it
 *    is above 0 and in the books' currency
 * 3. `source`: an entry of the price source
 * 4. `list`: an entry of the built-in list
 * 5. `default`: cores, memory and GPU devices at unit prices, the devices at the
 *    price of their model when there is one
 *
 * The weights a node's price is split by are the unit prices of its capacity
 * type, with the GPU by model (config before source before built-in). A discount
 * applies to `list` and `default`; the first that fits counts.
 *
 * Throws a RangeError when the books are in different currencies, or a discount
 * is not at least 0 and below 1.
 *
 * @public
 */
export function createNodePricer(
  books: { config?: PriceBookPart; source?: PriceBookPart; builtIn: PriceBook },
  options: { discounts?: PriceDiscount[] } = {},
): (node: NodeHour) => NodePrice {
  const merged = mergePriceBooks(
    books.config ?? {},
    books.source ?? {},
    books.builtIn,
  );
  const config = indexEntries(books.config?.nodes);
  const source = indexEntries(books.source?.nodes);
  const builtIn = indexEntries(books.builtIn.nodes);
  const factors = discountFactors(options.discounts ?? []);
  const gpuLists = [books.config, books.source, books.builtIn].map(
    book => book?.gpus ?? [],
  );

  const weightsOf = (node: NodeHour): NodePrice['weights'] => {
    const prices = merged.unitPrices[node.capacityType];
    return {
      cpuCore: prices.cpuCoreHour,
      memoryGib: prices.memoryGibHour,
      gpuDevice: gpuPriceOf(node, gpuLists) ?? prices.gpuDeviceHour,
    };
  };

  const discounted = (price: string, node: NodeHour): string => {
    const factor = factors.get(node.capacityType);
    return factor
      ? microsToDecimal(convertMicros(decimalToMicros(price), factor))
      : price;
  };

  const hourlyPrice = (node: NodeHour): Omit<NodePrice, 'weights'> => {
    const configured = findEntry(config, node);
    if (configured) {
      return fromEntry(configured, node, 'config');
    }
    if (isUsable(node, merged.currency)) {
      return {
        hourlyPrice: node.hourlyPrice,
        origin: { kind: 'source', description: describe(node) },
      };
    }
    const sourced = findEntry(source, node);
    if (sourced) {
      return fromEntry(sourced, node, 'source');
    }
    const listed = findEntry(builtIn, node);
    if (listed) {
      const price = fromEntry(listed, node, 'list');
      return { ...price, hourlyPrice: discounted(price.hourlyPrice, node) };
    }
    return {
      hourlyPrice: discounted(priceOfParts(node, weightsOf(node)), node),
      origin: { kind: 'default', description: describeParts(node) },
    };
  };

  return node => ({ ...hourlyPrice(node), weights: weightsOf(node) });
}

type EntryIndex = Map<string, NodePriceEntry[]>;

function indexEntries(entries: NodePriceEntry[] = []): EntryIndex {
  const index: EntryIndex = new Map();
  for (const entry of entries) {
    const key = `${entry.instanceType}\0${entry.capacityType}`;
    index.set(key, [...(index.get(key) ?? []), entry]);
  }
  return index;
}

function findEntry(
  index: EntryIndex,
  node: NodeHour,
): NodePriceEntry | undefined {
  if (!node.instanceType) {
    return undefined;
  }
  const valid = (
    index.get(`${node.instanceType}\0${node.capacityType}`) ?? []
  ).filter(
    entry =>
      // ISO dates compare as text, also with an hour of the same day.
      (entry.validFrom ?? '') <= node.hour &&
      (entry.validTo === undefined || node.hour < entry.validTo),
  );
  const inRegion = valid.filter(
    entry => entry.region !== undefined && entry.region === node.region,
  );
  const anywhere = valid.filter(entry => entry.region === undefined);
  return latest(inRegion) ?? latest(anywhere);
}

function latest(entries: NodePriceEntry[]): NodePriceEntry | undefined {
  return entries.reduce<NodePriceEntry | undefined>(
    (best, entry) =>
      best && (best.validFrom ?? '') >= (entry.validFrom ?? '') ? best : entry,
    undefined,
  );
}

function fromEntry(
  entry: NodePriceEntry,
  node: NodeHour,
  kind: PriceOrigin['kind'],
): Omit<NodePrice, 'weights'> {
  const representative = kind === 'list' && entry.capacityType === 'spot';
  return {
    hourlyPrice: entry.hourlyPrice,
    origin: {
      kind,
      description: representative
        ? `${describe(node)} (representative spot price)`
        : describe(node),
      ...(entry.validFrom && { validFrom: entry.validFrom }),
    },
  };
}

/** A source that reports 0, or what is no price, does not know the price. */
function isUsable(
  node: NodeHour,
  currency: string,
): node is NodeHour & { hourlyPrice: string } {
  if (
    node.hourlyPrice === undefined ||
    (node.priceCurrency ?? currency) !== currency
  ) {
    return false;
  }
  try {
    return decimalToMicros(node.hourlyPrice) > 0n;
  } catch {
    return false;
  }
}

function priceOfParts(node: NodeHour, prices: NodePrice['weights']): string {
  return microsToDecimal(
    multiplyDecimal(prices.cpuCore, node.cpuCores) +
      multiplyDecimal(prices.memoryGib, node.memoryBytes, BYTES_PER_GIB) +
      multiplyDecimal(prices.gpuDevice, node.gpuDevices),
  );
}

function gpuPriceOf(
  node: NodeHour,
  lists: GpuPriceEntry[][],
): string | undefined {
  for (const entries of lists) {
    const entry = findGpuPrice(entries, node.gpuModel, node.capacityType);
    if (entry) {
      return entry.hourlyPrice;
    }
  }
  return undefined;
}

function describe(node: NodeHour): string {
  return [
    node.instanceType ?? 'unknown instance type',
    node.region,
    node.capacityType,
  ]
    .filter(Boolean)
    .join(', ');
}

function describeParts(node: NodeHour): string {
  const gib = Number((node.memoryBytes / BYTES_PER_GIB).toFixed(1));
  const gpus =
    node.gpuDevices > 0
      ? ` + ${node.gpuDevices} × ${node.gpuModel ?? 'GPU'}`
      : '';
  return `${describe(node)}: ${
    node.cpuCores
  } cores + ${gib} GiB${gpus} at unit prices`;
}

function discountFactors(
  discounts: PriceDiscount[],
): Map<CapacityType, string> {
  const factors = new Map<CapacityType, string>();
  for (const { share, capacityType } of discounts) {
    const micros = decimalToMicros(share);
    if (micros < 0n || micros >= 1_000_000n) {
      throw new RangeError(
        `discounts.share is "${share}"; it must be from 0 up to, not including, 1, such as 0.12`,
      );
    }
    const types: CapacityType[] = capacityType
      ? [capacityType]
      : ['on-demand', 'spot'];
    for (const type of types.filter(each => !factors.has(each))) {
      factors.set(type, microsToDecimal(1_000_000n - micros));
    }
  }
  return factors;
}
