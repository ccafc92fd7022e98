import { DateTime } from 'luxon';
import { GpuReport } from '@headroom/plugin-cost-common';
import { busyShareOf } from './gpuNumbers';

export const HOURS_A_DAY = 24;

/** A Monday: only the names of weekdays are taken from here. */
const SOME_MONDAY = DateTime.fromISO('2026-01-05', {
  zone: 'utc',
  locale: 'en-GB',
});

/** One hour of the week. */
export interface HeatHour {
  /** 0 = Monday 00:00. */
  index: number;
  day: string;
  /** `09:00`. */
  from: string;
  to: string;
  /** No data in that hour of any week. */
  gap: boolean;
  held?: number;
  busy?: number;
  share?: number;
}

function clock(hour: number): string {
  return `${String(hour % HOURS_A_DAY).padStart(2, '0')}:00`;
}

/** The cells of a heat map by name, Monday 00:00 first. */
export function heatHours(cells: GpuReport['heatMap']): HeatHour[] {
  return cells.map((cell, index) => {
    const hour = index % HOURS_A_DAY;
    const day = SOME_MONDAY.plus({
      days: Math.floor(index / HOURS_A_DAY),
    }).toFormat('cccc');
    const share = cell
      ? busyShareOf(cell.busy, cell.known ?? cell.held)
      : undefined;
    return {
      index,
      day,
      from: clock(hour),
      to: clock(hour + 1),
      gap: cell === null,
      ...(cell ? { held: cell.held } : {}),
      ...(cell && cell.busy !== null ? { busy: cell.busy } : {}),
      ...(share === undefined ? {} : { share }),
    };
  });
}
