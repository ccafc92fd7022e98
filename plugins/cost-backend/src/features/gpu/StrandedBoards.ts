import { boardShares } from '@headroom/plugin-cost-common';
import { GpuDeviceDay, StoredGpuDevice } from '../../database/GpuStore';
import { powerOf } from './readDeviceHours';
import { StrandedClaim } from './splitGpuDay';

interface Board {
  device: StoredGpuDevice;
  instances: Set<string>;
  /** Hours in which it was cut, and the part no instance covered. */
  hours: number;
  stranded: number;
  micros: bigint;
}

/** What no instance covers of a board on one day, and the power of the board then. */
export interface StrandedDay extends StrandedClaim {
  /** Of each hour. */
  power: Array<{ boards: number; watts: number | null; poweredPart: number }>;
}

/** Boards cut into instances, and what none of them covers. */
export class StrandedBoards {
  readonly #boards = new Map<string, Board>();

  static create() {
    return new StrandedBoards();
  }

  private constructor() {}

  /** Adds all devices of one day; returns what no instance covered on it. */
  addDay(devices: readonly GpuDeviceDay[]): StrandedDay[] {
    const cut = new Map<string, GpuDeviceDay[]>();
    for (const day of devices) {
      const { instance, cluster, node, board } = day.device;
      if (instance !== undefined) {
        const key = [cluster, node, board].join('\0');
        cut.set(key, [...(cut.get(key) ?? []), day]);
      }
    }
    return [...cut].map(([key, instances]) => this.#addBoard(key, instances));
  }

  pay(board: string, micros: bigint): void {
    const found = this.#boards.get(board);
    if (found) {
      found.micros += micros;
    }
  }

  all(): Board[] {
    return [...this.#boards.values()];
  }

  #addBoard(key: string, instances: GpuDeviceDay[]): StrandedDay {
    const [{ device }] = instances;
    const board = this.#boards.get(key) ?? {
      device,
      instances: new Set<string>(),
      hours: 0,
      stranded: 0,
      micros: 0n,
    };
    this.#boards.set(key, board);
    let hours = 0;
    const power: StrandedDay['power'] = [];
    for (let hour = 0; hour < instances[0].hours; hour += 1) {
      const present = instances.filter(({ seenByHour }) => seenByHour[hour]);
      if (present.length > 0) {
        const { stranded } = boardShares(
          present.map(({ device: { boardShare } }) => boardShare),
        );
        board.hours += 1;
        hours += stranded;
        power.push({ boards: stranded, ...boardPower(present, hour) });
      }
    }
    for (const {
      device: { profile, instance },
    } of instances) {
      board.instances.add(`${profile ?? 'instance'} ${instance}`);
    }
    board.stranded += hours;
    return {
      board: key,
      clusterId: device.clusterId,
      nodePool: device.nodePool,
      hours,
      power,
    };
  }
}

/** Every instance says the power of the whole board; one that knows it will do. */
function boardPower(instances: readonly GpuDeviceDay[], hour: number) {
  const [known] = instances
    .map(instance => powerOf(instance, hour))
    .filter(({ watts }) => watts !== null);
  return known ?? { watts: null, poweredPart: 0 };
}
