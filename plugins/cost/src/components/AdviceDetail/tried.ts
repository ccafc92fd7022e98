import { AdviceDetail } from '@headroom/plugin-cost-common';

/** Whether there is a setting to try against today's: one that is proposed, or held back. */
export function hasSetting(advice: AdviceDetail['advice']): boolean {
  return [advice.cpu, advice.memory].some(
    ({ proposed, held }) => proposed !== undefined || held !== undefined,
  );
}

/**
 * Most of an hour's periods, 0 to 1, in which today's CPU limit was seen to cut
 * use off, where a back-test made from use can't see it: it finds no minute in
 * which more was used than the limit.
 */
export function cutOffShare(
  advice: AdviceDetail['advice'],
): number | undefined {
  const { backtest, evidence } = advice;
  const { throttledShare = 0 } = evidence;
  return throttledShare > 0 && backtest?.current.throttledMinutes === 0
    ? throttledShare
    : undefined;
}
