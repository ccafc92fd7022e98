import { addDays } from '@headroom/common';
import {
  GpuDeviceRow,
  GpuEnergy,
  GpuReport,
} from '@headroom/plugin-cost-common';

/** Device-hours of one day as they are drawn; undefined = not known, a gap has none. */
export interface GpuUseDay {
  day: string;
  gap: boolean;
  partial: boolean;
  held?: number;
  busy?: number;
  /** Held device-hours of which it is known how busy they were. */
  known?: number;
  /** Held, and known not to have been busy. */
  unused?: number;
  /** Held, and nobody knows how busy. */
  unknown?: number;
  /** Only of a report of everything. */
  idle?: number;
  /** 0 to 1. */
  memoryHeldShare?: number;
  energy?: GpuEnergy;
}

/**
 * Whether a report is of all GPUs. Only then does it know of Idle and Stranded:
 * of a service, or for who may see a part only, their 0 means not known.
 */
export function isOfEverything(
  report: Pick<GpuReport, 'entityRef' | 'restricted'>,
): boolean {
  return report.entityRef === undefined && !report.restricted;
}

/** Every day of the window; those the report has nothing about are gaps. */
export function gpuUseDays(
  report: Pick<GpuReport, 'days' | 'window' | 'entityRef' | 'restricted'>,
): GpuUseDay[] {
  const { window } = report;
  const everything = isOfEverything(report);
  const reported = new Map(report.days.map(day => [day.day, day]));
  const days: GpuUseDay[] = [];
  for (let day = window.start; day < window.end; day = addDays(day, 1)) {
    const found = reported.get(day);
    const partial = day === window.partialDay;
    if (!found) {
      days.push({ day, gap: !partial, partial });
      continue;
    }
    const { heldHours, busyHours, idleHours } = found;
    const known = busyHours === null ? 0 : found.knownHours ?? heldHours;
    days.push({
      day,
      gap: false,
      partial,
      held: heldHours,
      ...(everything && { idle: idleHours }),
      known,
      unknown: Math.max(0, heldHours - known),
      ...(busyHours === null
        ? {}
        : { busy: busyHours, unused: Math.max(0, known - busyHours) }),
      ...(found.memoryHeldShare === null
        ? {}
        : { memoryHeldShare: found.memoryHeldShare }),
      ...(found.energy && { energy: found.energy }),
    });
  }
  return days;
}

/** Busy share of hours held; undefined where it can't be said. */
export function busyShareOf(
  busy: number | null | undefined,
  known: number,
): number | undefined {
  return busy === null || busy === undefined || known <= 0
    ? undefined
    : busy / known;
}

/** All readings set aside, whatever the reason. */
export function setAsideCount(setAside: GpuReport['setAside']): number {
  return Object.values(setAside).reduce((sum, count) => sum + (count ?? 0), 0);
}

/** `GPU-6f3a1b…` is enough to tell boards of a node apart. */
export function shortBoard(board: string): string {
  return board.length > 14 ? `${board.slice(0, 12)}…` : board;
}

/** Name of a device among those of its node. */
export function deviceName(
  device: Pick<GpuDeviceRow, 'board' | 'instance'>,
): string {
  return device.instance === undefined
    ? shortBoard(device.board)
    : `${shortBoard(device.board)} / ${device.instance}`;
}
