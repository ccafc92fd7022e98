import { Worded } from '@headroom/common';
import { percentOnTop, wordAmount } from '../messages/amounts';
import { wordRuleSentence } from '../messages/rule';
import { AdvisedResource, AdviceEvidence, AdviceRule } from '../types';

/**
 * How a number came about, in one sentence with its numbers.
 *
 * @param evidence - of the advice that has the rule
 * @public
 */
export function wordRule(
  resource: AdvisedResource,
  rule: AdviceRule,
  evidence: Pick<AdviceEvidence, 'days' | 'counted'>,
): Worded {
  const amount = (value: number) => wordAmount(resource, value);
  switch (rule.kind) {
    case 'daily-quantile':
      return wordQuantile(resource, rule);
    case 'peak': {
      const of = {
        peak: amount(rule.peak),
        percent: percentOnTop(rule.margin),
      };
      const days = evidence.counted?.[resource].days ?? evidence.days;
      return rule.days === undefined
        ? wordRuleSentence('peak', { ...of, count: days })
        : wordRuleSentence('peakOfLast', { ...of, days: rule.days });
    }
    case 'oom':
      return wordRuleSentence('killed', {
        killedAt: amount(rule.killedAt),
        percent: percentOnTop(rule.bump),
      });
    case 'peak-of-runs': {
      const of = { runs: rule.runs, peak: amount(rule.peak) };
      const percent = percentOnTop(rule.margin);
      return percent > 0
        ? wordRuleSentence('peakOfRunsAndMargin', { ...of, percent })
        : wordRuleSentence('peakOfRuns', of);
    }
    case 'floor':
      return wordRuleSentence('floor', { floor: amount(rule.floor) });
    case 'hpa':
      return wordRuleSentence('scalingPoint', {
        point: amount(rule.scalingPoint),
        target: rule.target,
      });
    case 'bound':
      return wordRuleSentence(rule.side, {
        bound: amount(rule.bound),
        by: rule.byWording
          ? { message: rule.by, wording: rule.byWording }
          : rule.by,
      });
    case 'whole-cores':
    default:
      return wordRuleSentence('wholeCores', { needed: amount(rule.needed) });
  }
}

function wordQuantile(
  resource: AdvisedResource,
  {
    days,
    quantile,
    margin,
    held,
  }: Extract<AdviceRule, { kind: 'daily-quantile' }>,
): Worded {
  if (held) {
    return wordRuleSentence(held.weekly ? 'heldWeekly' : 'held', {
      level: wordAmount(resource, held.level),
      percent: percentOnTop(held.margin),
    });
  }
  const of = { count: days, percent: percentOnTop(margin) };
  return quantile === 1
    ? wordRuleSentence('peaks', of)
    : wordRuleSentence('quantile', {
        ...of,
        share: Math.round(quantile * 1000) / 10,
      });
}
