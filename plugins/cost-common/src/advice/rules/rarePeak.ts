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
  return levels.length >= DAYS_PER_WEEK &&
    top.level > 0 &&
    high.length <= Math.ceil(levels.length / DAYS_PER_WEEK)
    ? {
        code: 'weekly-peak',
        resource,
        message: `${high.length} of ${levels.length} days ${
          high.length === 1 ? 'decides' : 'decide'
        } the number, the highest ${top.start.slice(0, 10)}; ${
          fadesOn === undefined
            ? 'what was reached counts until it leaves the look-back'
            : `unless usage comes near it again, it no longer counts from ${fadesOn} on`
        }.`,
      }
    : undefined;
}
