import { dailyLevels, driftOf } from './drift';
import { ContainerDay } from './containerDay';

/** Days after which what is still unknown has shrunk to 1/e. */
const DAYS_SCALE = 14;
const MS_PER_DAY = 86_400_000;

/**
 * How far to trust an advice, 0 to 1:
 *
 *     (1 − e^(−days / 14)) × coverage × days with data / days spanned × 1 / (1 + 2 × drift)
 *
 * with `drift` = |ln(typical level of the last week / of the days before)|, the
 * larger of CPU (daily p95) and memory (daily peak). Two weeks without a gap are
 * 0.63, four weeks 0.86; a level that went up by half in the last week takes
 * 45 % off.
 *
 * @param coverage - known samples of those wanted, 0 to 1; 1 where they don't count
 * @param gapsCount - false for what runs only now and then
 */
export function confidenceOf(
  days: readonly ContainerDay[],
  options: { end: string; coverage: number; gapsCount: boolean },
): number {
  if (days.length === 0) {
    return 0;
  }
  const first = Date.parse(days[0].digest.start);
  const spanned = Math.max(
    days.length,
    Math.round((Date.parse(options.end) - first) / MS_PER_DAY),
  );
  const known = options.gapsCount ? days.length : spanned;
  const history = 1 - Math.exp(-known / DAYS_SCALE);
  const drift = Math.max(
    driftOf(dailyLevels(days, 'cpu')),
    driftOf(dailyLevels(days, 'memory')),
  );
  const confidence =
    (history * options.coverage * (known / spanned)) / (1 + 2 * drift);
  return Math.round(confidence * 1000) / 1000;
}
