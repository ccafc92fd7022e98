import { AdvisedResource, AdviceReason } from '../types';

/** A level this close to the highest is as high. */
const AS_HIGH = 0.8;
const DAYS_PER_WEEK = 7;

/** Says so when at most one day in seven decides the number. */
export function rarePeak(
  resource: AdvisedResource,
  levels: ReadonlyArray<{ start: string; level: number }>,
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
        message: `${high.length} of ${
          levels.length
        } days decide the number, the highest ${top.start.slice(
          0,
          10,
        )}; they count until they leave the look-back.`,
      }
    : undefined;
}
