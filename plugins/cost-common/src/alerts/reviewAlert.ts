import { addDays } from '@headroom/common';
import { ReviewFigures } from '../review';
import { CostAlert } from './costAlert';

/** How the alert of a review is made. @public */
export interface ReviewAlertOptions {
  /** Prints micros of the review's currency. */
  amount: (micros: bigint) => string;
  /** Who is told, references of groups and users. */
  notify: string[];
}

/**
 * That the review of a closed week is there, and what it comes to. What is not known of
 * the week before, or of budgets, is left out or said to be unknown; it is never nothing.
 *
 * @param review - of who may see everything
 * @public
 */
export function reviewAlert(
  review: ReviewFigures,
  { amount, notify }: ReviewAlertOptions,
): CostAlert {
  const { week, end, madeAt, hours } = review;
  const span = `${week} to ${addDays(end, -1)}`;
  const missing = hours.after.wanted - hours.after.complete;
  const plain = [
    ...(missing > 0 ? [`Hours of it are missing: ${missing}.`] : []),
    ...riskSentence(review),
  ];
  return {
    kind: 'review',
    severity: 'low',
    // The review of a week stands in the place of the one before.
    scope: 'review',
    subject: { type: 'everything' },
    notify,
    title: `The cost review of the week from ${span} is there`,
    sentence: [spendSentence(review, amount), ...plain].join(' '),
    plain: [`It says what moved and what to do next.`, ...plain].join(' '),
    link: `/cost/review?week=${week}`,
    at: madeAt,
  };
}

function spendSentence(
  { pace, comparison }: ReviewFigures,
  amount: (micros: bigint) => string,
): string {
  const spend = amount(BigInt(pace.spend));
  if (pace.change === undefined) {
    return `The week cost ${spend}; nothing is known of the week before.`;
  }
  const change = BigInt(pace.change);
  const than = `the week before${
    comparison === 'incomplete' ? ', hours of either of which are missing' : ''
  }`;
  if (change === 0n) {
    return `The week cost ${spend}, as much as ${than}.`;
  }
  const ratio =
    pace.changeRatio === undefined
      ? ''
      : ` (${(Math.abs(pace.changeRatio) * 100).toFixed(1)} %)`;
  return `The week cost ${spend}, ${amount(
    change < 0n ? -change : change,
  )}${ratio} ${change < 0n ? 'less' : 'more'} than ${than}.`;
}

function riskSentence({ budgetRisks }: ReviewFigures): string[] {
  if (!budgetRisks) {
    return [];
  }
  switch (budgetRisks.length) {
    case 0:
      return ['No budget is at risk.'];
    case 1:
      return ['One budget is over its limit or forecast to be.'];
    default:
      return [
        `${budgetRisks.length} budgets are over their limit or forecast to be.`,
      ];
  }
}
