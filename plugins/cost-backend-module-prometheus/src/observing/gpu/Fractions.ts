import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { HourWindow } from '../../reading/HourWindow';
import {
  ContainerIdentity,
  keyOf,
  PodIdentity,
  podOf,
} from '../../reading/labels';
import { DeviceReadings } from './DeviceReadings';
import { spelt } from './gpuLabels';
import { Tenancy } from './Tenancy';

const MIB = 2 ** 20;

type Labels = Record<string, string>;

/** A container's series of one board. */
interface Holding {
  identity: ContainerIdentity;
  key: string;
  board: string;
}

/**
 * Containers that share boards by HAMi, whose devices DCGM's exporter doesn't
 * know: its monitor says which container may use how much memory of which board,
 * and its scheduler which pod has how many of its cores. The larger share counts.
 */
export class Fractions {
  readonly #window: HourWindow;
  readonly #tenancy: Tenancy;
  /** By pod and board: the only container, or undefined when there are several. */
  readonly #only = new Map<string, string | undefined>();

  static create(window: HourWindow, tenancy: Tenancy): Fractions {
    return new Fractions(window, tenancy);
  }

  private constructor(window: HourWindow, tenancy: Tenancy) {
    this.#window = window;
    this.#tenancy = tenancy;
  }

  /**
   * Gives the devices what the series say of their holders.
   *
   * @param deviceOf - of a board by its UUID; undefined when nobody reads it
   * @param hold - notes that a container holds a device
   */
  read(
    answer: ReadonlyArray<{ part: string; series: PrometheusSeries }>,
    deviceOf: (board: string) => DeviceReadings | undefined,
    hold: (identity: ContainerIdentity, device: DeviceReadings) => void,
  ): void {
    const order = ['fraction-seen', 'fraction-memory', 'fraction-cores'];
    for (const wanted of order) {
      for (const { part, series } of answer) {
        const board = boardOf(series.labels);
        const device = part === wanted && board ? deviceOf(board) : undefined;
        if (device && board) {
          this.#add(wanted, series, board, device, hold);
        }
      }
    }
  }

  #add(
    part: string,
    series: PrometheusSeries,
    board: string,
    device: DeviceReadings,
    hold: (identity: ContainerIdentity, device: DeviceReadings) => void,
  ): void {
    if (part === 'fraction-cores') {
      this.#addCores(series, board, device);
      return;
    }
    const holding = this.#holdingOf(series.labels, board);
    if (!holding) {
      return;
    }
    const { identity, key } = holding;
    if (part === 'fraction-seen') {
      hold(identity, device);
      const podKey = keyOf(identity.namespace, identity.pod, board);
      const known = this.#only.get(podKey);
      this.#only.set(
        podKey,
        !this.#only.has(podKey) || known === key ? key : undefined,
      );
      const holder = { container: key, replica: key, exporter: '' };
      this.#window.eachSlot(series, (slot, count) =>
        device.addSharer(holder, slot, count),
      );
      return;
    }
    this.#window.eachSlot(series, (slot, bytes) => {
      const total = device.memoryMib(slot);
      if (total !== undefined) {
        device.addFraction(key, slot, bytes / (total * MIB));
      }
    });
  }

  /** The scheduler numbers containers; only one of a pod can be told. */
  #addCores(
    series: PrometheusSeries,
    board: string,
    device: DeviceReadings,
  ): void {
    const pod = this.#podOf(series.labels);
    const key = pod && this.#only.get(keyOf(pod.namespace, pod.pod, board));
    if (key !== undefined) {
      this.#window.eachSlot(series, (slot, percent) =>
        device.addFraction(key, slot, percent / 100),
      );
    }
  }

  #holdingOf(labels: Labels, board: string): Holding | undefined {
    const { podnamespace, podname, ctrname } = labels;
    const identity =
      podnamespace && podname && ctrname
        ? { namespace: podnamespace, pod: podname, container: ctrname }
        : this.#tenancy.tenantOf(labels);
    return (
      identity && {
        identity,
        key: keyOf(identity.namespace, identity.pod, identity.container),
        board,
      }
    );
  }

  #podOf(labels: Labels): PodIdentity | undefined {
    const { podnamespace, podname } = labels;
    return podnamespace && podname
      ? { namespace: podnamespace, pod: podname }
      : podOf(labels);
  }
}

function boardOf({ device_uuid: uuid, deviceuuid }: Labels) {
  return spelt(uuid || deviceuuid || '');
}
