import { ProblemLog, Worded } from '@headroom/common';
import { NodeHour } from '../observations/observations';
import { isLicensedByCore, isLocalZone } from '../prices/extras';
import { wordPrices } from '../problems';
import { Listing, names, UNKNOWN_TYPE } from './listing';
import { SamePrices } from './SamePrices';
import { NodePrice, PriceOrigin } from './types';

/** Prices that nobody said are paid. */
const ASSUMED: ReadonlySet<PriceOrigin['kind']> = new Set(['list', 'default']);

const lineWith = (...keys: string[]) =>
  `headroom.prices.nodes: [{ ${[
    'instanceType: …',
    'region: …',
    ...keys,
    'hourlyPrice: …',
  ].join(', ')} }]`;
const NODE_LINE = lineWith();
const POD_LINE =
  'headroom.prices.pods: [{ platform: …, region: …, cpuCoreHour: …, memoryGibHour: … }]';

/** Says which prices of an hour's nodes are not the bill's, one sentence a kind. */
export class PriceFindings {
  /** Instance types by what was assumed of them. */
  readonly #unitPrices = new Listing();
  readonly #otherRegions = new Listing();
  readonly #spot = new Set<string>();
  readonly #unpriced = new Map<string, Set<string>>();
  /** Instance types that run in what was reserved, by how. */
  readonly #reserved = new Map<string, Set<string>>();
  readonly #unlicensed = new Set<string>();
  readonly #autoMode = new Set<string>();
  readonly #same = new SamePrices();
  readonly #localZones = new Listing();
  /** Models of attached devices that have the list price of another region. */
  readonly #devicesElsewhere = new Listing();
  /** Nodes of no known type are among what is priced by units. */
  #typeless = false;
  /** Pods are among what is priced by another region. */
  #pods = false;

  add(node: NodeHour, price: NodePrice): void {
    const { origin, caveat, pods, weights } = price;
    const type = pods?.platform ?? node.instanceType ?? UNKNOWN_TYPE;
    this.#same.add(node, price);
    // Who configures a price, or reports one, knows what is paid.
    if (node.reservation && ASSUMED.has(origin.kind)) {
      addTo(this.#reserved, node.reservation, type);
    }
    if (ASSUMED.has(origin.kind) && !pods) {
      this.#addExtras(node, type);
    }
    if (price.devicesListedIn !== undefined) {
      this.#devicesElsewhere.add(
        wordPrices('priceOfRegion', {
          region: node.region ?? '',
          other: price.devicesListedIn,
        }),
        node.gpuModel ?? 'GPU',
      );
    }
    if (origin.kind === 'unpriced') {
      addTo(this.#unpriced, type, node.region);
    } else if (caveat?.kind === 'other-region') {
      this.#otherRegions.add(
        node.region === undefined
          ? wordPrices('pricesOfRegionUnknown', { other: caveat.region })
          : wordPrices('pricesOfRegion', {
              region: node.region,
              other: caveat.region,
            }),
        type,
      );
      this.#pods ||= pods !== undefined;
    } else if (origin.kind === 'default') {
      this.#typeless ||= node.instanceType === undefined;
      const units = { cpu: weights.cpuCore, memory: weights.memoryGib };
      this.#unitPrices.add(
        node.gpuDevices > 0
          ? wordPrices('unitPricesGpu', { ...units, gpu: weights.gpuDevice })
          : wordPrices('unitPrices', units),
        node.capacityType === 'spot' ? `${type} (spot)` : type,
      );
    } else if (caveat?.kind === 'representative-spot') {
      this.#spot.add(type);
    }
  }

  #addExtras(node: NodeHour, type: string): void {
    if (
      node.operatingSystem === 'windows' &&
      !isLicensedByCore(node.instanceType)
    ) {
      this.#unlicensed.add(type);
    }
    if (node.managedBy === 'eks-auto-mode') {
      this.#autoMode.add(type);
    }
    if (node.zone && isLocalZone(node.zone)) {
      this.#localZones.add(node.zone, type);
    }
  }

  report(problems: ProblemLog): void {
    this.#reportUnpriced(problems);
    if (!this.#unitPrices.isEmpty) {
      const what = { types: this.#unitPrices.words(), line: NODE_LINE };
      problems.add('warning', 'default-price', 'prices', () =>
        this.#typeless
          ? wordPrices('defaultTypeless', what)
          : wordPrices('default', what),
      );
    }
    if (!this.#otherRegions.isEmpty) {
      const what = { types: this.#otherRegions.words(), line: NODE_LINE };
      problems.add('warning', 'price-of-other-region', 'prices', () =>
        this.#pods
          ? wordPrices('otherRegionPods', { ...what, podLine: POD_LINE })
          : wordPrices('otherRegion', what),
      );
    }
    this.#reportReserved(problems);
    this.#reportExtras(problems);
    if (!this.#devicesElsewhere.isEmpty) {
      problems.add('info', 'list-price-elsewhere', 'GPUs', () =>
        wordPrices('gpusElsewhere', {
          models: this.#devicesElsewhere.words(),
          line: 'headroom.prices.gpus: [{ model: …, hourlyPrice: … }]',
        }),
      );
    }
    if (this.#spot.size > 0) {
      problems.add('info', 'representative-spot-price', 'prices', () =>
        wordPrices('spot', {
          types: names(this.#spot),
          line: 'headroom.prices.nodes: [{ instanceType: …, capacityType: spot, hourlyPrice: … }]',
        }),
      );
    }
  }

  #reportReserved(problems: ProblemLog): void {
    const reserved = this.#reserved.get('on-demand');
    if (reserved) {
      problems.add('info', 'capacity-reservation', 'prices', () =>
        wordPrices('capacityReservation', {
          types: names(reserved),
          line: NODE_LINE,
        }),
      );
    }
    const blocks = this.#reserved.get('block');
    if (blocks) {
      problems.add('warning', 'capacity-block-price', 'prices', () =>
        wordPrices('capacityBlock', {
          types: names(blocks),
          line: NODE_LINE,
        }),
      );
    }
  }

  #reportExtras(problems: ProblemLog): void {
    const warn = (code: string, any: boolean, say: () => Worded) =>
      any && problems.add('warning', code, 'prices', say);
    warn('windows-price', this.#unlicensed.size > 0, () =>
      wordPrices('windows', {
        types: names(this.#unlicensed),
        line: lineWith('os: windows'),
      }),
    );
    warn('auto-mode-fee', this.#autoMode.size > 0, () =>
      wordPrices('autoMode', {
        types: names(this.#autoMode),
        line: lineWith('autoMode: true'),
      }),
    );
    const [systems, modes] = [this.#same.ofSystems(), this.#same.ofAutoMode()];
    warn('one-price-of-systems', systems.size > 0, () =>
      wordPrices('onePriceOfSystems', {
        types: names(systems),
        line: lineWith('os: windows'),
      }),
    );
    warn('one-price-of-auto-mode', modes.size > 0, () =>
      wordPrices('onePriceOfAutoMode', {
        types: names(modes),
        line: lineWith('autoMode: true'),
      }),
    );
    warn('local-zone-price', !this.#localZones.isEmpty, () =>
      wordPrices('localZone', {
        types: this.#localZones.words(),
        line: NODE_LINE,
      }),
    );
  }

  #reportUnpriced(problems: ProblemLog): void {
    for (const [platform, regions] of this.#unpriced) {
      const what = {
        platform,
        line: `headroom.prices.pods: [{ platform: ${platform}, cpuCoreHour: …, memoryGibHour: … }]`,
      };
      problems.add('error', 'unpriced-node', platform, () =>
        regions.size > 0
          ? wordPrices('podsUnpricedIn', { ...what, regions: names(regions) })
          : wordPrices('podsUnpriced', what),
      );
    }
  }
}

/** Adds a name, where there is one, to those of a key. */
function addTo(
  map: Map<string, Set<string>>,
  key: string,
  name: string | undefined,
): void {
  const found = map.get(key) ?? new Set();
  map.set(key, name ? found.add(name) : found);
}
