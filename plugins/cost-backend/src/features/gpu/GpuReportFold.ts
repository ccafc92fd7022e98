import { addDays, HOUR_MS } from '@headroom/common';
import {
  createHourOfWeek,
  GpuReadingFault,
  HeatMap,
} from '@headroom/plugin-cost-common';
import { setImmediate } from 'node:timers/promises';
import { GpuDeviceDay } from '../../database/GpuStore';
import { DeviceFold } from './DeviceFold';
import { GpuMoneyDay } from '../../database/GpuMoneyStore';
import {
  addHours,
  addMicros,
  GpuHours,
  GpuMicros,
  noHours,
  noMicros,
} from './GpuTotals';
import { addEnergy, BoardPower, EnergySum, noEnergy } from './energy';
import { EnergyFold } from './EnergyFold';
import { DeviceHour, readDeviceHours } from './readDeviceHours';
import { ReadingCounts, readingsOf } from './readingsOf';
import { DeviceClaim, splitGpuDay, StrandedClaim } from './splitGpuDay';
import { StrandedBoards } from './StrandedBoards';
import { GpuHolder, WorkloadFold } from './WorkloadFold';

/** Device-days folded before other requests get their turn. */
const DEVICES_AT_A_TIME = 25;

/** What a day adds up to, in hours of whole boards. */
export interface DayTotals extends GpuHours {
  idle: number;
  ownerUnknown: number;
  /** Memory held, and what devices that were held have, summed over the slots in which it is known. */
  memoryBytes: number;
  memoryOfBytes: number;
  energy: EnergySum;
}

/** Who asks, and about whose devices. */
export interface GpuFoldOptions {
  /** Days of the window, in order. */
  days: readonly string[];
  zone: string;
  /** Containers the report is of; undefined = everything, idle capacity included. */
  mine?: ReadonlySet<number>;
  /** Tenants whose names the caller may see; undefined = all. */
  visible?: ReadonlySet<number>;
  /** Micros a kilowatt-hour on a day, in the currency of the report; undefined = no price. */
  energyPrice?: (day: string) => number;
}

/**
 * A GPU report while it is read, day by day. What it keeps: about 1 kB and 16
 * bytes a day for each device, and 20 kB for each container that held one.
 */
export class GpuReportFold {
  readonly devices = new Map<number, DeviceFold>();
  readonly workloads = new Map<number, WorkloadFold>();
  readonly days = new Map<string, DayTotals>();
  readonly withoutDevice: GpuMicros = noMicros();
  readonly boards = StrandedBoards.create();
  readonly heatMap: HeatMap;
  /** Over the window. */
  readonly total = noHours();
  readonly energy: EnergyFold;
  readonly setAside: Partial<Record<GpuReadingFault, number>> = {};
  readonly clusters = new Set<string>();
  readings = 0;
  deviceHours = 0;
  paidHours = 0;
  /** End of the last hour that was read, milliseconds since 1970. */
  end = 0;
  readonly #options: GpuFoldOptions;
  readonly #hourOfWeek: (at: number) => number;
  readonly #dayIndex: Map<string, number>;

  static create(options: GpuFoldOptions) {
    return new GpuReportFold(options);
  }

  private constructor(options: GpuFoldOptions) {
    this.#options = options;
    this.#hourOfWeek = createHourOfWeek(options.zone);
    this.#dayIndex = new Map(options.days.map((day, i) => [day, i]));
    this.energy = EnergyFold.create(options.energyPrice);
    this.heatMap = HeatMap.create({ hourOfWeek: this.#hourOfWeek });
  }

  /** Adds consecutive days; every day of the window once, in order. */
  async addDays(
    days: readonly string[],
    devices: readonly GpuDeviceDay[],
    money: readonly GpuMoneyDay[],
  ): Promise<void> {
    const devicesOf = groupBy(devices, ({ day }) => day);
    const moneyOf = groupBy(money, ({ day }) => day);
    for (const day of days) {
      await this.#addDay(day, devicesOf.get(day) ?? [], moneyOf.get(day) ?? []);
    }
  }

  async #addDay(
    day: string,
    devices: readonly GpuDeviceDay[],
    money: readonly GpuMoneyDay[],
  ): Promise<void> {
    const claims: DeviceClaim[] = [];
    let done = 0;
    for (const device of devices) {
      const claim = this.#addDevice(day, device);
      if (claim) {
        claims.push(claim);
      }
      done += 1;
      if (done % DEVICES_AT_A_TIME === 0) {
        await setImmediate();
      }
    }
    const stranded = this.#options.mine ? [] : this.boards.addDay(devices);
    this.energy.addStranded(day, stranded, () => this.#totalsOf(day).energy);
    this.#addMoney(money, claims, stranded);
    this.workloads.forEach(workload => workload.endDay());
  }

  #addDevice(name: string, day: GpuDeviceDay): DeviceClaim | undefined {
    const { mine, visible } = this.#options;
    const hours = readDeviceHours(
      day,
      mine && (containerId => mine.has(containerId)),
    );
    if (hours.length === 0) {
      return undefined;
    }
    const seen = day.seenByHour.filter(Boolean).length;
    const index = this.#dayIndex.get(name) ?? 0;
    const part = hours.length / seen;
    const counts = readingsOf(day, hours, part);
    this.#deviceOf(day).add(
      day,
      hours,
      { index, part, counts },
      containerId => !visible || visible.has(containerId),
    );
    this.clusters.add(day.device.cluster);
    this.#countReadings(counts);
    const claim: DeviceClaim = {
      deviceId: day.device.id,
      clusterId: day.device.clusterId,
      nodePool: day.device.nodePool,
      held: new Map(),
      free: 0,
    };
    const dayStart = Date.parse(day.start);
    const totals = this.#totalsOf(name);
    const sums = [totals.energy, this.#deviceOf(day).energy];
    for (const hour of hours) {
      const power = this.energy.powerOf(name, hour);
      this.#addHour(day, hour, claim, totals, dayStart, power);
      this.energy.addHour(day.device, hour, power, !mine, sums);
    }
    return claim;
  }

  #addHour(
    day: GpuDeviceDay,
    hour: DeviceHour,
    claim: DeviceClaim,
    totals: DayTotals,
    dayStart: number,
    power: BoardPower,
  ): void {
    const { boardShare, memoryBytes } = day.device;
    const held = hour.share * boardShare;
    const own = {
      held,
      known: held * hour.knownPart,
      busy: held * hour.busyPart,
    };
    addHours(this.total, own);
    addHours(totals, own);
    this.end = Math.max(this.end, hour.at + HOUR_MS);
    this.heatMap.add(hour.at, own.held, own.known, own.busy);
    if (this.#options.mine) {
      this.deviceHours += held;
    } else {
      this.deviceHours += boardShare;
      totals.idle += hour.free * boardShare;
      totals.ownerUnknown += hour.present === null ? boardShare : 0;
      claim.free += hour.free * boardShare;
    }
    if (memoryBytes && held > 0) {
      for (const used of hour.memory) {
        if (used !== null) {
          totals.memoryBytes += used;
          totals.memoryOfBytes += memoryBytes;
        }
      }
    }
    for (const tenant of hour.tenants) {
      this.#addTenant(day, hour, tenant, claim, dayStart, power);
    }
  }

  #addTenant(
    day: GpuDeviceDay,
    hour: DeviceHour,
    { tenant, share, held }: DeviceHour['tenants'][number],
    claim: DeviceClaim,
    dayStart: number,
    power: BoardPower,
  ): void {
    const hours = claim.held.get(tenant.containerId) ?? noHours();
    const boards = share * day.device.boardShare;
    addHours(hours, {
      held: boards,
      known: boards * hour.knownPart,
      busy: boards * hour.busyPart,
    });
    claim.held.set(tenant.containerId, hours);
    const workload = this.#workloadOf(tenant, day.device.cluster);
    workload.add(day, hour, { held, share }, dayStart);
    addEnergy(workload.energy, boards, power);
  }

  #addMoney(
    rows: readonly GpuMoneyDay[],
    claims: readonly DeviceClaim[],
    stranded: readonly StrandedClaim[],
  ): void {
    for (const row of rows) {
      this.clusters.add(row.cluster);
      if (row.bucket !== 'idle') {
        this.paidHours += row.deviceHours;
        if (row.bucket === 'workload') {
          this.#workloadOf(row, row.cluster).pay(row.micros);
        }
      }
    }
    const split = splitGpuDay(rows, claims, stranded);
    split.devices.forEach((micros, id) => this.devices.get(id)?.pay(micros));
    split.stranded.forEach((micros, board) => this.boards.pay(board, micros));
    addMicros(this.withoutDevice, split.withoutDevice);
  }

  #countReadings({ readings, setAside }: ReadingCounts): void {
    this.readings += readings;
    for (const [fault, count] of Object.entries(setAside)) {
      const key = fault as GpuReadingFault;
      this.setAside[key] = (this.setAside[key] ?? 0) + count;
    }
  }

  #deviceOf({ device }: GpuDeviceDay): DeviceFold {
    let fold = this.devices.get(device.id);
    if (!fold) {
      fold = DeviceFold.create({ device, days: this.#options.days.length });
      this.devices.set(device.id, fold);
    }
    return fold;
  }

  #workloadOf(
    who: Omit<GpuHolder, 'cluster'> & { containerId: number },
    cluster: string,
  ): WorkloadFold {
    let fold = this.workloads.get(who.containerId);
    if (!fold) {
      fold = WorkloadFold.create({
        who: { ...who, cluster },
        hourOfWeek: this.#hourOfWeek,
      });
      this.workloads.set(who.containerId, fold);
    }
    return fold;
  }

  #totalsOf(day: string): DayTotals {
    let totals = this.days.get(day);
    if (!totals) {
      totals = {
        ...noHours(),
        idle: 0,
        ownerUnknown: 0,
        memoryBytes: 0,
        memoryOfBytes: 0,
        energy: noEnergy(),
      };
      this.days.set(day, totals);
    }
    return totals;
  }
}

/** Spans of consecutive days, the next of a length that follows from what the last one held. */
export function* daySpans(
  days: readonly string[],
  nextLength: () => number,
): Generator<{ days: readonly string[]; start: string; end: string }> {
  for (let first = 0; first < days.length; ) {
    const span = days.slice(first, first + Math.max(1, nextLength()));
    first += span.length;
    yield {
      days: span,
      start: span[0],
      end: addDays(span[span.length - 1], 1),
    };
  }
}

function groupBy<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) {
      group.push(item);
    } else {
      groups.set(keyOf(item), [item]);
    }
  }
  return groups;
}
