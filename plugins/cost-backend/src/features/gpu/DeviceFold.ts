import {
  GpuBasis,
  GpuDeviceRow,
  GpuJudge,
  GpuTenant,
} from '@headroom/plugin-cost-common';
import { GpuDeviceDay, StoredGpuDevice } from '../../database/GpuStore';
import { noEnergy } from './energy';
import { addMicros, GpuMicros, noMicros, toGpuMoney } from './GpuTotals';
import { DeviceHour } from './readDeviceHours';
import { ReadingCounts } from './readingsOf';

/** Name of those a caller may not see. */
const OTHERS = 'others';

interface TenantSums {
  tenant: Omit<GpuTenant, 'heldHours' | 'share'>;
  heldHours: number;
  shareHours: number;
}

/** One device over a window, day by day. */
export class DeviceFold {
  readonly device: StoredGpuDevice;
  readonly micros: GpuMicros = noMicros();
  readonly energy = noEnergy();
  readonly #judge: GpuJudge;
  readonly #bases = new Map<GpuBasis, number>();
  readonly #tenants = new Map<number | typeof OTHERS, TenantSums>();
  /** By day of the window: hours held, and busy ones; NaN = no data, or use not known. */
  readonly #heldByDay: Float64Array;
  readonly #busyByDay: Float64Array;
  /** Made once, when everything is read. */
  #use: ReturnType<GpuJudge['result']> | undefined;
  #presentHours = 0;
  #shareHours = 0;
  #peakBytes: number | undefined;

  static create(options: { device: StoredGpuDevice; days: number }) {
    return new DeviceFold(options.device, options.days);
  }

  private constructor(device: StoredGpuDevice, days: number) {
    this.device = device;
    this.#judge = GpuJudge.create({
      model: device.model,
      memoryBytes: device.memoryBytes,
      isInstance: device.instance !== undefined,
    });
    this.#heldByDay = new Float64Array(days).fill(NaN);
    this.#busyByDay = new Float64Array(days).fill(NaN);
  }

  /**
   * @param index - of the day in the window
   * @param part - of the hours the device was reported, those the report is of
   * @param counts - readings of those hours
   * @param visible - tenants whose names the caller may see
   */
  add(
    day: GpuDeviceDay,
    hours: readonly DeviceHour[],
    {
      index,
      part,
      counts,
    }: { index: number; part: number; counts: ReadingCounts },
    visible: (containerId: number) => boolean,
  ): void {
    let held = 0;
    let known = 0;
    let busy = 0;
    for (const hour of hours) {
      this.#judge.add({
        at: hour.at,
        held: hour.present,
        busyShare: hour.busy,
        memoryBytes: hour.memory,
        holders: hour.holders,
        powerWatts: hour.watts ?? undefined,
      });
      const present = hour.present ?? 0;
      this.#presentHours += present;
      this.#shareHours += hour.share;
      held += present;
      known += present * hour.knownPart;
      busy += present * hour.busyPart;
      this.#addTenants(day, hour, visible);
    }
    this.#use = undefined;
    this.#judge.count(counts.readings, counts.setAside);
    this.#heldByDay[index] = held;
    this.#busyByDay[index] = known > 0 ? busy : NaN;
    this.#seePeak(part === 1 ? day.memoryPeakBytes : peakOf(hours));
    for (const [basis, count] of Object.entries(day.bases)) {
      const key = basis as GpuBasis;
      this.#bases.set(key, (this.#bases.get(key) ?? 0) + count * part);
    }
  }

  pay(micros: Partial<GpuMicros>): void {
    addMicros(this.micros, micros);
  }

  /** Unused and reclaimable hours in boards: of the share that was held. */
  weightedUnused(): { unusedHours: number; reclaimableHours: number } {
    const { unusedHours, reclaimableHours } = this.#result();
    const weight =
      this.#presentHours > 0
        ? (this.#shareHours / this.#presentHours) * this.device.boardShare
        : 0;
    return {
      unusedHours: unusedHours * weight,
      reclaimableHours: reclaimableHours * weight,
    };
  }

  bases(): ReadonlyMap<GpuBasis, number> {
    return this.#bases;
  }

  verdict() {
    return this.#result().verdict;
  }

  row(days: readonly string[]): GpuDeviceRow {
    const { device } = this;
    const use = this.#result();
    const [basis] = [...this.#bases].sort((a, b) => b[1] - a[1])[0] ?? [];
    return {
      id: String(device.id),
      cluster: device.cluster,
      node: device.node,
      board: device.board,
      instance: device.instance,
      model: device.model,
      nodePool: device.nodePool,
      sharing: device.sharing,
      profile: device.profile,
      boardShare: device.boardShare,
      replicas: device.replicas,
      memoryBytes: device.memoryBytes,
      basis,
      readings: use.readings,
      setAside: use.setAside,
      hours: use.hours,
      heldHours: use.heldHours,
      knownHours: use.knownHours,
      busyHours: use.busyHours,
      unusedHours: use.unusedHours,
      reclaimableHours: use.reclaimableHours,
      memoryPeakBytes: this.#peakBytes ?? use.memoryPeakBytes,
      memoryMinBytes: use.memoryMinBytes,
      medianBusyShare: use.medianBusyShare,
      verdict: use.verdict,
      verdictCode: use.verdictCode,
      verdictReason: use.verdictReason,
      verdictWording: use.verdictWording,
      tenants: [...this.#tenants.values()]
        .map(({ tenant, heldHours, shareHours }) => ({
          ...tenant,
          heldHours,
          share: heldHours > 0 ? Math.min(1, shareHours / heldHours) : 0,
        }))
        .sort((a, b) => b.heldHours * b.share - a.heldHours * a.share),
      money: toGpuMoney(this.micros),
      days: days.flatMap((day, i) =>
        Number.isNaN(this.#heldByDay[i])
          ? []
          : [
              {
                day,
                heldHours: this.#heldByDay[i],
                busyHours: Number.isNaN(this.#busyByDay[i])
                  ? null
                  : this.#busyByDay[i],
              },
            ],
      ),
    };
  }

  #result() {
    return (this.#use ??= this.#judge.result());
  }

  #seePeak(bytes: number | undefined): void {
    if (bytes !== undefined) {
      this.#peakBytes = Math.max(this.#peakBytes ?? 0, bytes);
    }
  }

  /** Nobody is said to have held it for longer than those the report is of. */
  #addTenants(
    { device }: GpuDeviceDay,
    { everyone, present }: DeviceHour,
    visible: (containerId: number) => boolean,
  ): void {
    const usual = 1 / Math.max(1, device.replicas ?? 1);
    let others = 0;
    for (const { tenant, held } of everyone) {
      const seen = visible(tenant.containerId);
      const heldHours = Math.min(held, present ?? 1);
      const sums = this.#sumsOf(tenant, seen);
      sums.shareHours += heldHours * (tenant.share ?? usual);
      if (seen) {
        sums.heldHours += heldHours;
      } else {
        // Several at a time held it for an hour, not for several.
        const more = Math.min(heldHours, (present ?? 1) - others);
        sums.heldHours += more;
        others += more;
      }
    }
  }

  #sumsOf(
    { containerId, ...who }: GpuDeviceDay['tenants'][number],
    seen: boolean,
  ): TenantSums {
    const key = seen ? containerId : OTHERS;
    let sums = this.#tenants.get(key);
    if (!sums) {
      const { namespace, workloadKind, workload, container } = seen
        ? who
        : { namespace: '', workloadKind: '', workload: OTHERS, container: '' };
      sums = {
        tenant: { namespace, workloadKind, workload, container },
        heldHours: 0,
        shareHours: 0,
      };
      this.#tenants.set(key, sums);
    }
    return sums;
  }
}

/** The exact peak is of the whole day: of a part of it, the slots say as much as others may know. */
function peakOf(hours: readonly DeviceHour[]): number | undefined {
  const known = hours
    .flatMap(({ memory }) => memory)
    .filter(bytes => bytes !== null);
  return known.length > 0 ? Math.max(...known) : undefined;
}
