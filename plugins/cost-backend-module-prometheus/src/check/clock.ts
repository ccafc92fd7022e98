import { CheckFinding } from '@headroom/common';
import { durationText } from './pace';

/** Skews that matter to nothing. */
const SMALL_SECONDS = 5;
/** Skews that put usage into another slot than its price. */
const LARGE_SECONDS = 60;

/**
 * @param serverSeconds - the server's clock
 * @param between - our clock before the question and after the answer, seconds
 */
export function checkClock(
  serverSeconds: number,
  between: [before: number, after: number],
): CheckFinding {
  const [before, after] = between;
  const skew =
    serverSeconds < before
      ? serverSeconds - before
      : Math.max(0, serverSeconds - after);
  const size = Math.abs(skew);
  const id = 'clock';
  if (size <= SMALL_SECONDS) {
    return {
      id,
      severity: 'right',
      sentence:
        'The clocks of Prometheus and of the back end agree to a few seconds.',
    };
  }
  return {
    id,
    severity: size > LARGE_SECONDS ? 'wrong' : 'note',
    sentence: `The clock of Prometheus is ${durationText(size)} ${
      skew < 0 ? 'behind' : 'ahead of'
    } that of the back end.`,
    effect:
      'Hours end at another time there, so what happened at their edges falls into the hour beside, and an hour may be read before it is complete.',
    mend: {
      where: 'The host of Prometheus, and that of the back end',
      line: 'timedatectl set-ntp true',
    },
  };
}
