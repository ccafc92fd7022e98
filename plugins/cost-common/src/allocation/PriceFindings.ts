import { ProblemLog } from '@headroom/common';
import { NodeHour } from '../observations/observations';
import { isLicensedByCore, isLocalZone } from '../prices/extras';
import { addTo, listed, names } from './listing';
import { SamePrices } from './SamePrices';
import { NodePrice, PriceOrigin } from './types';

const UNKNOWN_TYPE = 'nodes of no known type';

/** Prices that nobody said are paid. */
const ASSUMED: ReadonlySet<PriceOrigin['kind']> = new Set(['list', 'default']);

const lineWith = (...keys: string[]) =>
  `Add what you pay: headroom.prices.nodes: [{ ${[
    'instanceType: …',
    'region: …',
    ...keys,
    'hourlyPrice: …',
  ].join(', ')} }].`;
const NODE_LINE = lineWith();
const TYPE_LINE =
  'A node’s type is told by its label node.kubernetes.io/instance-type, or by one that headroom.cost.nodeLabels.instanceType names.';
const POD_LINE =
  'Of pods: headroom.prices.pods: [{ platform: …, region: …, cpuCoreHour: …, memoryGibHour: … }].';

/** Says which prices of an hour's nodes are not the bill's, one sentence a kind. */
export class PriceFindings {
  /** Instance types by what was assumed of them. */
  readonly #unitPrices = new Map<string, Set<string>>();
  readonly #otherRegions = new Map<string, Set<string>>();
  readonly #spot = new Set<string>();
  readonly #unpriced = new Map<string, Set<string>>();
  /** Instance types that run in what was reserved, by how. */
  readonly #reserved = new Map<string, Set<string>>();
  readonly #unlicensed = new Set<string>();
  readonly #autoMode = new Set<string>();
  readonly #same = new SamePrices();
  readonly #localZones = new Map<string, Set<string>>();
  /** Models of attached devices that have the list price of another region. */
  readonly #devicesElsewhere = new Map<string, Set<string>>();
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
      addTo(
        this.#devicesElsewhere,
        `${node.region} at the price of ${price.devicesListedIn}`,
        node.gpuModel ?? 'GPU',
      );
    }
    if (origin.kind === 'unpriced') {
      addTo(this.#unpriced, type, node.region ?? '');
    } else if (caveat?.kind === 'other-region') {
      const where = `${node.region ?? 'no known region'} at prices of ${
        caveat.region
      }`;
      addTo(this.#otherRegions, where, type);
      this.#pods ||= pods !== undefined;
    } else if (origin.kind === 'default') {
      this.#typeless ||= node.instanceType === undefined;
      const gpu =
        node.gpuDevices > 0 ? `, ${weights.gpuDevice} a GPU-hour` : '';
      addTo(
        this.#unitPrices,
        `${weights.cpuCore} a core-hour, ${weights.memoryGib} a GiB-hour${gpu}`,
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
      addTo(this.#localZones, node.zone, type);
    }
  }

  report(problems: ProblemLog): void {
    this.#reportUnpriced(problems);
    if (this.#unitPrices.size > 0) {
      problems.add(
        'warning',
        'default-price',
        'prices',
        () =>
          `No price is known of ${listed(
            this.#unitPrices,
          )}, so these nodes are priced by unit prices of last resort. ${
            this.#typeless ? `${NODE_LINE} ${TYPE_LINE}` : NODE_LINE
          }`,
      );
    }
    if (this.#otherRegions.size > 0) {
      problems.add(
        'warning',
        'price-of-other-region',
        'prices',
        () =>
          `The built-in price list knows these types but not their region, so the list price of another region is assumed: ${listed(
            this.#otherRegions,
          )}. ${this.#pods ? `${NODE_LINE} ${POD_LINE}` : NODE_LINE}`,
      );
    }
    this.#reportReserved(problems);
    this.#reportExtras(problems);
    if (this.#devicesElsewhere.size > 0) {
      problems.add(
        'info',
        'list-price-elsewhere',
        'GPUs',
        () =>
          `The list has the price of these attached GPUs in one region of the US only, so they are charged that, and what is paid may differ: ${listed(
            this.#devicesElsewhere,
          )}. Add what you pay: headroom.prices.gpus: [{ model: …, hourlyPrice: … }].`,
      );
    }
    if (this.#spot.size > 0) {
      problems.add(
        'info',
        'representative-spot-price',
        'prices',
        () =>
          `Spot prices move; these types are priced at what spot commonly costs: ${names(
            this.#spot,
          )}. Add what you pay: headroom.prices.nodes: [{ instanceType: …, capacityType: spot, hourlyPrice: … }].`,
      );
    }
  }

  #reportReserved(problems: ProblemLog): void {
    const reserved = this.#reserved.get('on-demand');
    if (reserved) {
      problems.add(
        'info',
        'capacity-reservation',
        'prices',
        () =>
          `These types run in capacity reservations, which are billed at the on-demand rate whether nodes run in them or not: ${names(
            reserved,
          )}. The nodes are priced on demand, and what stands empty of the reservations isn’t in these figures. ${NODE_LINE}`,
      );
    }
    const blocks = this.#reserved.get('block');
    if (blocks) {
      problems.add(
        'warning',
        'capacity-block-price',
        'prices',
        () =>
          `These types run in Capacity Blocks, which are paid in advance at a price of their own, so the on-demand price that is assumed isn’t what they cost: ${names(
            blocks,
          )}. ${NODE_LINE}`,
      );
    }
  }

  #reportExtras(problems: ProblemLog): void {
    const warn = (
      code: string,
      any: boolean,
      what: () => string,
      line = NODE_LINE,
    ) =>
      any && problems.add('warning', code, 'prices', () => `${what()} ${line}`);
    warn(
      'windows-price',
      this.#unlicensed.size > 0,
      () =>
        `These types run Windows, and what its licence costs on them isn’t known, so it is missing: ${names(
          this.#unlicensed,
        )}.`,
      lineWith('os: windows'),
    );
    warn(
      'auto-mode-fee',
      this.#autoMode.size > 0,
      () =>
        `EKS Auto Mode bills a fee of about 12 % of the on-demand price beside these types, which isn’t in their price: ${names(
          this.#autoMode,
        )}.`,
      lineWith('autoMode: true'),
    );
    const [systems, modes] = [this.#same.ofSystems(), this.#same.ofAutoMode()];
    warn(
      'one-price-of-systems',
      systems.size > 0,
      () =>
        `These types run Linux and Windows, and headroom.prices.nodes has one price for both, which can’t be right with a licence: ${names(
          systems,
        )}.`,
      lineWith('os: windows'),
    );
    warn(
      'one-price-of-auto-mode',
      modes.size > 0,
      () =>
        `These types run in EKS Auto Mode and outside, and headroom.prices.nodes has one price for both, which can’t be right with its fee: ${names(
          modes,
        )}.`,
      lineWith('autoMode: true'),
    );
    warn(
      'local-zone-price',
      this.#localZones.size > 0,
      () =>
        `These types run in Local Zones, whose prices are their own, and the price of the region is assumed: ${listed(
          this.#localZones,
        )}.`,
    );
  }

  #reportUnpriced(problems: ProblemLog): void {
    for (const [platform, regions] of this.#unpriced) {
      const where = names(new Set([...regions].filter(Boolean)));
      problems.add(
        'error',
        'unpriced-node',
        platform,
        () =>
          `Pods of ${platform}${
            where && ` in ${where}`
          } are billed by themselves, and no price is known for them, so what they cost is missing. Add it: headroom.prices.pods: [{ platform: ${platform}, cpuCoreHour: …, memoryGibHour: … }].`,
      );
    }
  }
}
