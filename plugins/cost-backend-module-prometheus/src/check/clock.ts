import { WordedFinding } from '@headroom/common';
import { wordPrometheusCheck as word } from '@headroom/plugin-cost-common';
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
): WordedFinding {
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
      sentence: word('clocksAgree'),
    };
  }
  return {
    id,
    severity: size > LARGE_SECONDS ? 'wrong' : 'note',
    sentence: word(skew < 0 ? 'clockBehind' : 'clockAhead', {
      skew: durationText(size),
    }),
    effect: word('clockEffect'),
    mend: {
      where: word('clockWhere'),
      line: 'timedatectl set-ntp true',
    },
  };
}
