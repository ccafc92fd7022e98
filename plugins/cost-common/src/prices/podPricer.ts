import { NodePrice, PodPrice, PriceOrigin } from '../allocation/types';
import { NodeHour } from '../observations/observations';
import { scalePrice } from './decimalPrices';
import { describePods } from './describePrice';
import { PriceIndex } from './PriceIndex';
import { PodPriceEntry, PriceBook, PriceBookPart } from './types';

/**
 * Prices the pods of nodes that are not billed themselves: configuration before
 * the source before the built-in list. In a region the list doesn't have, the
 * price of another one is assumed and said. Without any price the node is
 * unpriced.
 */
export function createPodPricer(
  books: { config?: PriceBookPart; source?: PriceBookPart; builtIn: PriceBook },
  factorOf: (node: NodeHour) => string | undefined,
): (node: NodeHour, platform: string) => Omit<NodePrice, 'weights'> {
  const indexOf = (book: PriceBookPart | undefined) =>
    PriceIndex.of(book?.pods, keyOf);
  const config = indexOf(books.config);
  const source = indexOf(books.source);
  const builtIn = indexOf(books.builtIn);

  return (node, platform) => {
    const key = keyOf({ platform, capacityType: node.capacityType });
    const found = (
      kind: PriceOrigin['kind'],
      entry: PodPriceEntry,
      factor?: string,
    ) => toPrice(node, platform, kind, entry, factor);

    const configured = config.find(key, node);
    if (configured) {
      return found('config', configured);
    }
    const sourced = source.find(key, node);
    if (sourced) {
      return found('source', sourced);
    }
    const listed = builtIn.find(key, node);
    if (listed) {
      return found('list', listed, factorOf(node));
    }
    const elsewhere = builtIn.findElsewhere(key, node);
    return elsewhere
      ? found('default', elsewhere, factorOf(node))
      : unpriced(node, platform);
  };
}

function toPrice(
  node: NodeHour,
  platform: string,
  kind: PriceOrigin['kind'],
  entry: PodPriceEntry,
  factor: string | undefined,
): Omit<NodePrice, 'weights'> {
  const description = describePods(platform, node);
  return {
    hourlyPrice: '0',
    origin: {
      kind,
      description:
        kind === 'default'
          ? `${description} (list price of ${entry.region})`
          : description,
      podPlatform: platform,
      ...(entry.validFrom && { validFrom: entry.validFrom }),
    },
    pods: podPriceOf(platform, entry, factor),
    ...(kind === 'default' && {
      caveat: { kind: 'other-region', region: entry.region ?? '' },
    }),
  };
}

function podPriceOf(
  platform: string,
  { cpuCoreHour, memoryGibHour, gpuDeviceHour }: PodPriceEntry,
  factor: string | undefined,
): PodPrice {
  const discounted = (price: string) =>
    factor ? scalePrice(price, factor) : price;
  return {
    platform,
    cpuCoreHour: discounted(cpuCoreHour),
    memoryGibHour: discounted(memoryGibHour),
    ...(gpuDeviceHour !== undefined && {
      gpuDeviceHour: discounted(gpuDeviceHour),
    }),
  };
}

function unpriced(
  node: NodeHour,
  platform: string,
): Omit<NodePrice, 'weights'> {
  return {
    hourlyPrice: '0',
    origin: {
      kind: 'unpriced',
      description: `${describePods(platform, node)}: no price is known`,
      podPlatform: platform,
    },
    pods: { platform },
  };
}

function keyOf({
  platform,
  capacityType,
}: Pick<PodPriceEntry, 'platform' | 'capacityType'>): string {
  return `${platform}\0${capacityType}`;
}
