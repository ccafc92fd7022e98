import { keyOf } from '../../reading/labels';
import { DeviceLabels, deviceLabels } from './gpuLabels';
import { GpuKnowledge } from './GpuKnowledge';
import { Tenancy } from './Tenancy';

type Labels = Record<string, string>;

/** A device as a series names it. */
export interface NamedDevice extends DeviceLabels {
  board: string;
  /** Names its node may have, the surest first. */
  places: string[];
}

/**
 * Names devices alike, whoever reports them: by UUID, else by node and index,
 * which is the board that another exporter names by UUID where there is one.
 */
export class DeviceNames {
  readonly #tenancy: Tenancy;
  readonly #knowledge: GpuKnowledge;
  /** UUIDs by place and index. */
  readonly #boards = new Map<string, string>();

  /** @param labels - of all series there are */
  static read(
    labels: Iterable<Labels>,
    tenancy: Tenancy,
    knowledge: GpuKnowledge,
  ): DeviceNames {
    const names = new DeviceNames(tenancy, knowledge);
    for (const each of labels) {
      names.#note(each);
    }
    return names;
  }

  private constructor(tenancy: Tenancy, knowledge: GpuKnowledge) {
    this.#tenancy = tenancy;
    this.#knowledge = knowledge;
  }

  nameOf(labels: Labels): NamedDevice {
    const device = deviceLabels(labels);
    const places = this.#placesOf(labels);
    const index = device.index ?? '?';
    const board =
      device.board ??
      places
        .map(place => this.#boards.get(keyOf(place, index)))
        .find(found => found !== undefined) ??
      `${places[0] ?? 'unknown host'} gpu ${index}`;
    return { ...device, board, places };
  }

  #note(labels: Labels): void {
    const { board, index } = deviceLabels(labels);
    if (board && index !== undefined) {
      for (const place of this.#placesOf(labels)) {
        this.#boards.set(keyOf(place, index), board);
      }
    }
  }

  /**
   * A label of the node; where the exporter's pod ran; the host name, which may
   * be that pod's; the pool of a claim; the address that was scraped.
   */
  #placesOf(labels: Labels): string[] {
    const host = labels.hostname || labels.Hostname;
    const exporter = this.#tenancy.exporterOf(labels);
    const [address] = /^[^:[]+/.exec(labels.instance ?? '') ?? [];
    const knowledge = this.#knowledge;
    return [
      labels.exported_node,
      labels.node,
      exporter && knowledge.nodeOfPod?.(exporter.namespace, exporter.pod),
      host && knowledge.nodeOfPod?.(exporter?.namespace, host),
      host,
      labels.dra_pool_name,
      address && knowledge.nodeOfAddress?.(address),
      address,
      exporter?.pod,
    ].filter(
      (place, index, all): place is string =>
        Boolean(place) && all.indexOf(place) === index,
    );
  }
}
