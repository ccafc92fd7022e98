import { addDays } from '@headroom/common';
import { wordCores } from '../messages/amounts';
import { wordUsage } from '../messages/usage';
import { HeldPeak, PassingPeak, RequestChoice, CpuDay } from '../request';
import { AdviceReason } from '../types';
import { rarePeak } from './rarePeak';

const DAY_MS = 86_400_000;
const DAYS_PER_WEEK = 7;

/** A day advice stands on. */
export interface PeakDay {
  /** ISO 8601. */
  start: string;
  /** Undefined = none is known. */
  usage: CpuDay | undefined;
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
            ...wordUsage('faded', {
              day: known[faded.day].start.slice(0, 10),
              request: wordCores(faded.value * rule.margin),
            }),
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
  const of = { level: wordCores(level), until: fadesOn };
  const earlier = weekly ? 'heldEarlierWeekly' : 'heldEarlier';
  return {
    code: 'weekly-peak',
    resource: 'cpu',
    ...(day === undefined
      ? wordUsage(earlier, of)
      : wordUsage(weekly ? 'heldWeekly' : 'held', {
          ...of,
          day: day.slice(0, 10),
        })),
  };
}

function passingNote({ start, value }: PassingPeak, end: string): AdviceReason {
  const next = dayText(start + DAYS_PER_WEEK * DAY_MS);
  return {
    code: 'faded',
    resource: 'cpu',
    ...wordUsage(next >= end.slice(0, 10) ? 'mayComeBack' : 'didNotComeBack', {
      day: dayText(start),
      level: wordCores(value),
      next,
    }),
  };
}

function dayText(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

function levelOf(usage: CpuDay, quantile: number): number {
  return quantile === 1 ? usage.max : usage.quantile(quantile);
}
