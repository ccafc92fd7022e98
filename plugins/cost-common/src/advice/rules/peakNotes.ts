import { addDays } from '../../time/days';
import { coresText } from '../output/quantities';
import { RequestChoice, UsageDay } from '../request';
import { AdviceReason } from '../types';
import { rarePeak } from './rarePeak';

/** A day advice stands on. */
export interface PeakDay {
  /** ISO 8601. */
  start: string;
  /** Undefined = none is known. */
  usage: UsageDay | undefined;
}

/**
 * What there is to say of the days that decide a CPU request: that they are few
 * and until when they count, and that a higher one no longer does.
 *
 * @param fades - whether days are forgotten before they leave the look-back
 */
export function peakNotes(
  days: readonly PeakDay[],
  choice: RequestChoice,
  { end, fades }: { end: string; fades: boolean },
): AdviceReason[] {
  const { rule, faded } = choice;
  const known = days.flatMap(({ start, usage }) =>
    usage && usage.count > 0
      ? [{ start, level: levelOf(usage, rule.quantile) }]
      : [],
  );
  const decides = known[choice.fades.day].level;
  const rare = rarePeak(
    'cpu',
    known.filter(({ level }) => level <= decides),
    fades ? addDays(end.slice(0, 10), choice.fades.afterDays) : undefined,
  );
  const passed: AdviceReason[] =
    faded && faded.value > decides
      ? [
          {
            code: 'faded',
            resource: 'cpu',
            message: `${known[faded.day].start.slice(
              0,
              10,
            )} asked for ${coresText(
              faded.value * rule.margin,
            )}. It no longer counts: usage has stayed away from it for longer than ever before it came back, or for over a week and a day where it never did.`,
          },
        ]
      : [];
  return [...(rare ? [rare] : []), ...passed];
}

function levelOf(usage: UsageDay, quantile: number): number {
  return quantile === 1 ? usage.max : usage.quantile(quantile);
}
