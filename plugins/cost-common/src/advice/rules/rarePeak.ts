import { wordUsage } from '../messages/usage';
import { AdvisedResource, AdviceReason } from '../types';

/** A level this close to the highest is as high. */
const AS_HIGH = 0.8;
const DAYS_PER_WEEK = 7;

/**
 * Says so when at most one day in seven decides the number.
 *
 * @param fadesOn - the day from which they no longer do, ISO 8601; absent = when
 * they leave the look-back
 */
export function rarePeak(
  resource: AdvisedResource,
  levels: ReadonlyArray<{ start: string; level: number }>,
  fadesOn?: string,
): AdviceReason | undefined {
  const top = levels.reduce(
    (best, day) => (day.level > best.level ? day : best),
    { start: '', level: 0 },
  );
  const high = levels.filter(({ level }) => level >= AS_HIGH * top.level);
  const of = {
    count: high.length,
    days: levels.length,
    day: top.start.slice(0, 10),
  };
  return levels.length >= DAYS_PER_WEEK &&
    top.level > 0 &&
    high.length <= Math.ceil(levels.length / DAYS_PER_WEEK)
    ? {
        code: 'weekly-peak',
        resource,
        ...(fadesOn === undefined
          ? wordUsage('fewDaysStay', of)
          : wordUsage('fewDaysDecide', { ...of, until: fadesOn })),
      }
    : undefined;
}
