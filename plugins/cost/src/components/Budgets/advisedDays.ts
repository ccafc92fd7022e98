import { daysBetween } from '@headroom/common';
import {
  BudgetBurnDownDay,
  BudgetReport,
  BudgetStatus,
} from '@headroom/plugin-cost-common';
import { toMicros } from '@headroom/react';

/** A day of the burn-down, with what would be left at its end if the advice were taken today. */
export interface AdvisedDay extends BudgetBurnDownDay {
  advised?: BudgetBurnDownDay['forecast'];
}

/**
 * Adds to the burn-down what would be left with the advice taken: from today on the
 * forecast, raised by the same amount every day so that it ends where the figure of the
 * advice says, with an interval that is as wide. None of it is above what is left today,
 * as nothing that is spent comes back.
 */
export function advisedDays(
  report: Pick<BudgetReport, 'burnDown' | 'advice'>,
  status: Pick<BudgetStatus, 'limit' | 'spent' | 'today'>,
): AdvisedDay[] {
  const { burnDown, advice } = report;
  const { today } = status;
  const last = burnDown.at(-1);
  // On its last day nothing can be saved any more.
  if (!last?.forecast || advice?.forecast === undefined || last.day <= today) {
    return [...burnDown];
  }
  const limit = toMicros(status.limit);
  const leftToday = limit - toMicros(status.spent);
  const saved =
    limit - toMicros(advice.forecast) - toMicros(last.forecast.likely);
  const daysLeft = BigInt(daysBetween(today, last.day));
  return burnDown.map((each): AdvisedDay => {
    const { day, forecast } = each;
    if (!forecast || day < today) {
      return each;
    }
    const before = toMicros(forecast.likely);
    const likely = lesser(
      before + (saved * BigInt(daysBetween(today, day))) / daysLeft,
      leftToday,
    );
    const moved = likely - before;
    const most = lesser(toMicros(forecast.most) + moved, leftToday);
    return {
      ...each,
      advised: {
        likely: likely.toString(),
        least: (toMicros(forecast.least) + moved).toString(),
        most: most.toString(),
      },
    };
  });
}

function lesser(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
