import { addDays } from '@headroom/common';
import { coresText } from '../output/quantities';
import { HeldPeak, PassingPeak, RequestChoice, UsageDay } from '../request';
import { AdviceReason } from '../types';
import { rarePeak } from './rarePeak';

const DAY_MS = 86_400_000;
const DAYS_PER_WEEK = 7;

/** A day advice stands on. */
export interface PeakDay {
  /** ISO 8601. */
  start: string;
  /** Undefined = none is known. */
  usage: UsageDay | undefined;
}

/**
 * What there is to say of the days that decide a CPU request: that they are few
 * and until when they count, and that a higher one no longer does or does not
 * yet.
 *
 * @param fades - whether days are forgotten before they leave the look-back
 */
export function peakNotes(
  days: readonly PeakDay[],
  choice: RequestChoice,
  { end, fades }: { end: string; fades: boolean },
): AdviceReason[] {
  const { rule, faded, passing } = choice;
  const known = days.flatMap(({ start, usage }) =>
    usage && usage.count > 0
      ? [{ start, level: levelOf(usage, rule.quantile) }]
      : [],
  );
  const fadesOn = addDays(end.slice(0, 10), choice.fades.afterDays);
  if (rule.held) {
    return [
      heldNote(rule.held, known[choice.fades.day]?.start, fadesOn),
      ...(passing ? [passingNote(passing, end)] : []),
    ];
  }
  const decides = known[choice.fades.day].level;
  const rare = rarePeak(
    'cpu',
    known.filter(({ level }) => level <= decides),
    fades ? fadesOn : undefined,
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
  return [
    ...(rare ? [rare] : []),
    ...(passed.length === 0 && passing ? [passingNote(passing, end)] : passed),
  ];
}

/** @param day - that held it last; undefined = before those advice stands on */
function heldNote(
  { level, weekly }: HeldPeak,
  day: string | undefined,
  fadesOn: string,
): AdviceReason {
  const date = day?.slice(0, 10) ?? 'An earlier day';
  return {
    code: 'weekly-peak',
    resource: 'cpu',
    message: `${date} held ${coresText(level)} for half an hour or more${
      weekly ? ', and so did the week before at that hour' : ''
    }. That decides the number; unless usage comes near it again, it no longer counts from ${fadesOn} on.`,
  };
}

function passingNote({ start, value }: PassingPeak, end: string): AdviceReason {
  const weekLater = dayText(start + DAYS_PER_WEEK * DAY_MS);
  const next =
    weekLater >= end.slice(0, 10)
      ? `It counts if it comes back at that hour on ${weekLater}`
      : `It did not come back at that hour on ${weekLater}, so it does not count`;
  return {
    code: 'faded',
    resource: 'cpu',
    message: `${dayText(start)} held ${coresText(
      value,
    )} for half an hour or more, which is above the request. ${next}.`,
  };
}

function dayText(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

function levelOf(usage: UsageDay, quantile: number): number {
  return quantile === 1 ? usage.max : usage.quantile(quantile);
}
