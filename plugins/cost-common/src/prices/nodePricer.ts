import { NodePrice, PriceCaveat, PriceOrigin } from '../allocation/types';
import {
  convertMicros,
  decimalToMicros,
  microsToDecimal,
  multiplyDecimal,
} from '@headroom/common';
import { NodeHour } from '../observations/observations';
import { podPlatformOf } from '../podBilling/podPlatforms';
import { readCustomMachine } from './customMachine';
import { priceOfQuantities } from './decimalPrices';
import { describeNode, describeParts } from './describePrice';
import { discountFactors, PriceDiscount } from './discounts';
import { hasAttachedGpus, isLicensedByCore } from './extras';
import { findGpuPrice } from './gpuPrice';
import { mergePriceBooks } from './mergePriceBooks';
import { createPodPricer } from './podPricer';
import { PriceIndex } from './PriceIndex';
import {
  CustomPriceEntry,
  GpuPriceEntry,
  NodePriceEntry,
  PriceBook,
  PriceBookPart,
} from './types';

const BYTES_PER_GIB = 2 ** 30;

/**
 * Prices nodes, and says where each price came from. The first of these that
 * has an answer wins:
 *
 * 1. `config`: an entry for the instance type, valid in the hour: one that names
 *    the node's operating system or Auto Mode before one that doesn't, then of the
 *    node's region before one for any region
 * 2. of a node whose pods are billed: a price for its pods, of configuration, of
 *    the price source, of the built-in list; else it is `unpriced`
 * 3. `source`: the hourly price the usage source reported with the node, when it
 *    is above 0 and in the books' currency
 * 4. `source`: an entry of the price source
 * 5. `list`: an entry of the built-in list, or a machine made to measure at its
 *    prices for a core and a GiB
 * 6. `default`: the built-in price of another region, which is said, else cores,
 *    memory and GPU devices at unit prices, the devices at the price of their
 *    model when there is one
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
  // What nodes cost is looked up book by book: only the rest is one.
  const merged = mergePriceBooks(
    ...[books.config ?? {}, books.source ?? {}, books.builtIn].map(
      ({ currency, unitPrices }) => ({ currency, unitPrices }),
    ),
  );
  const config = indexOf(books.config);
  const source = indexOf(books.source);
  const findListed = createListFinder(books.builtIn);
  const factors = discountFactors(options.discounts ?? []);
  const factorOf = ({ capacityType }: NodeHour) => factors.get(capacityType);
  const pricePods = createPodPricer(books, factorOf);
  const gpuLists = [books.config, books.source, books.builtIn].map(
    book => book?.gpus ?? [],
  );

  const saidGpus = gpuLists.slice(0, 2);
  const { attachedGpus = [], windowsCoreHour } = books.builtIn;

  const weightsOf = (node: NodeHour): NodePrice['weights'] => {
    const prices = merged.unitPrices[node.capacityType];
    return {
      cpuCore: prices.cpuCoreHour,
      memoryGib: prices.memoryGibHour,
      gpuDevice:
        gpuPriceOf(node, gpuLists)?.hourlyPrice ?? prices.gpuDeviceHour,
    };
  };

  const discounted = (price: string, node: NodeHour): string => {
    const factor = factorOf(node);
    return factor
      ? microsToDecimal(convertMicros(decimalToMicros(price), factor))
      : price;
  };

  /** What is attached costs; undefined when no price of its model is known. */
  const attachedTo = (node: NodeHour): Attached | undefined => {
    if (!hasAttachedGpus(node)) {
      return { price: '0' };
    }
    const said = gpuPriceOf(node, saidGpus);
    const entry = said ?? gpuPriceOf(node, [attachedGpus]);
    const region = attachedGpus.find(each => each === entry)?.region;
    return (
      entry && {
        price: priceOfQuantities([[entry.hourlyPrice, node.gpuDevices]]),
        ...(region !== node.region && { listedIn: region }),
      }
    );
  };

  /** A discount of the machine is none of the licence. */
  const licensed = (price: string, node: NodeHour): string =>
    windowsCoreHour !== undefined &&
    node.operatingSystem === 'windows' &&
    isLicensedByCore(node.instanceType)
      ? addPrices(price, priceOfQuantities([[windowsCoreHour, node.cpuCores]]))
      : price;

  const hourlyPrice = (node: NodeHour): Omit<NodePrice, 'weights'> => {
    const key = keyOf(node);
    const fitOf = fitTo(node);
    const configured = config.find(key, node, fitOf);
    if (configured) {
      return fromEntry(configured, node, 'config');
    }
    const platform = podPlatformOf(node);
    if (platform !== undefined) {
      return pricePods(node, platform);
    }
    if (isUsable(node, merged.currency)) {
      return {
        hourlyPrice: node.hourlyPrice,
        origin: { kind: 'source', description: describeNode(node) },
      };
    }
    const sourced = source.find(key, node, fitOf);
    if (sourced) {
      return fromEntry(sourced, node, 'source');
    }
    const listed = findListed(node);
    const attached = attachedTo(node);
    if (listed && attached) {
      const price = fromEntry(listed.entry, node, listed.kind);
      const whole = addPrices(price.hourlyPrice, attached.price);
      // That the machine's price is of another region says it of its devices, too.
      const elsewhere =
        listed.kind === 'list' && node.region ? attached.listedIn : undefined;
      return {
        ...price,
        hourlyPrice: licensed(discounted(whole, node), node),
        ...(elsewhere !== undefined && { devicesListedIn: elsewhere }),
      };
    }
    return {
      hourlyPrice: licensed(
        discounted(priceOfParts(node, weightsOf(node)), node),
        node,
      ),
      origin: { kind: 'default', description: describeParts(node) },
    };
  };

  return node => ({ ...hourlyPrice(node), weights: weightsOf(node) });
}

function indexOf(book: PriceBookPart | undefined): PriceIndex<NodePriceEntry> {
  return PriceIndex.of(book?.nodes, keyOf);
}

function keyOf(of: Pick<NodeHour, 'instanceType' | 'capacityType'>): string {
  return `${of.instanceType ?? ''}\0${of.capacityType}`;
}

/** How many of the things that an entry says are told of the node; undefined when one is told otherwise. */
function fitTo(
  node: NodeHour,
): ({ os, autoMode }: NodePriceEntry) => number | undefined {
  const is = {
    os: node.operatingSystem ?? 'linux',
    autoMode: node.managedBy === 'eks-auto-mode',
  };
  return ({ os, autoMode }) =>
    (os ?? is.os) === is.os && (autoMode ?? is.autoMode) === is.autoMode
      ? Number(os !== undefined) + Number(autoMode !== undefined)
      : undefined;
}

/** What the devices attached to a machine cost. */
interface Attached {
  price: string;
  /** Region of a list price that isn't the node's. */
  listedIn?: string;
}

interface Listed {
  kind: 'list' | 'default';
  entry: NodePriceEntry;
}

/** Finds a node in the built-in list: of its region, else of another one. */
function createListFinder(
  book: PriceBook,
): (node: NodeHour) => Listed | undefined {
  const types = indexOf(book);
  const families = PriceIndex.of(book.custom, ({ family, capacityType }) =>
    keyOf({ instanceType: family, capacityType }),
  );

  return node => {
    const key = keyOf(node);
    const entry = types.find(key, node);
    if (entry) {
      return { kind: 'list', entry };
    }
    const machine = readCustomMachine(node.instanceType ?? '');
    if (machine) {
      const family = keyOf({ ...node, instanceType: machine.family });
      const made = (price: CustomPriceEntry | undefined) =>
        price && {
          ...price,
          instanceType: node.instanceType ?? '',
          hourlyPrice: priceOfQuantities([
            [price.cpuCoreHour, machine.cores],
            [price.memoryGibHour, machine.memoryGib],
          ]),
        };
      return (
        asListed('list', made(families.find(family, node))) ??
        asListed('default', made(families.findElsewhere(family, node)))
      );
    }
    return asListed('default', types.findElsewhere(key, node));
  };
}

function asListed(
  kind: Listed['kind'],
  entry: NodePriceEntry | undefined,
): Listed | undefined {
  return entry && { kind, entry };
}

function fromEntry(
  entry: NodePriceEntry,
  node: NodeHour,
  kind: PriceOrigin['kind'],
): Omit<NodePrice, 'weights'> {
  const caveat = caveatOf(entry, kind);
  const remarks = [
    kind === 'default' && `list price of ${entry.region}`,
    isRepresentative(entry, kind) && 'representative spot price',
  ].filter(Boolean);
  return {
    hourlyPrice: entry.hourlyPrice,
    origin: {
      kind,
      description:
        remarks.length > 0
          ? `${describeNode(node)} (${remarks.join(', ')})`
          : describeNode(node),
      ...(entry.validFrom && { validFrom: entry.validFrom }),
    },
    ...(caveat && { caveat }),
  };
}

function isRepresentative(
  { capacityType }: NodePriceEntry,
  kind: PriceOrigin['kind'],
): boolean {
  return capacityType === 'spot' && (kind === 'list' || kind === 'default');
}

function caveatOf(
  entry: NodePriceEntry,
  kind: PriceOrigin['kind'],
): PriceCaveat | undefined {
  if (kind === 'default') {
    return { kind: 'other-region', region: entry.region ?? '' };
  }
  return isRepresentative(entry, kind)
    ? { kind: 'representative-spot' }
    : undefined;
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

function addPrices(price: string, more: string): string {
  return more === '0'
    ? price
    : microsToDecimal(decimalToMicros(price) + decimalToMicros(more));
}

function gpuPriceOf(
  node: NodeHour,
  lists: GpuPriceEntry[][],
): GpuPriceEntry | undefined {
  for (const entries of lists) {
    const entry = findGpuPrice(entries, node.gpuModel, node.capacityType);
    if (entry) {
      return entry;
    }
  }
  return undefined;
}
