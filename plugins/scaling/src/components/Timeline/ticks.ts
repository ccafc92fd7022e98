import { DateTime } from 'luxon';

/** A mark of a time axis. */
export interface Tick {
  atMs: number;
  /** `07:00`, and the day where one begins. */
  label: string;
  day: boolean;
}

const HOURS_OF_STEPS = [1, 2, 3, 6, 12, 24];

/** Narrower marks run into each other. */
const TICK_WIDTH = 68;

/**
 * Marks of a time axis on local hours, so that they stay on 06:00 and 12:00 when
 * clocks change.
 *
 * @param width - of the axis, in pixels
 */
export function ticksOf(
  fromMs: number,
  toMs: number,
  timezone: string,
  width: number,
): Tick[] {
  const hours = (toMs - fromMs) / 3_600_000;
  const most = Math.max(1, Math.floor(width / TICK_WIDTH));
  const step =
    HOURS_OF_STEPS.find(size => hours / size <= most) ??
    HOURS_OF_STEPS[HOURS_OF_STEPS.length - 1];
  // Where days are all there is, each is short, and none is left out sooner than needed.
  const everyDay = Math.ceil(hours / 24 / most);
  const ticks: Tick[] = [];
  const first = DateTime.fromMillis(fromMs, { zone: timezone }).startOf('day');
  for (let days = 0; ; days += everyDay) {
    const day = first.plus({ days });
    if (day.toMillis() >= toMs) {
      return ticks;
    }
    for (let hour = 0; hour < 24; hour += step) {
      const at = day.set({ hour });
      // An hour that the clocks leave out is not marked.
      if (at.hour === hour && at.toMillis() >= fromMs && at.toMillis() < toMs) {
        ticks.push({
          atMs: at.toMillis(),
          label: at.setLocale('en-GB').toFormat(hour === 0 ? 'ccc d' : 'HH:mm'),
          day: hour === 0,
        });
      }
    }
  }
}
