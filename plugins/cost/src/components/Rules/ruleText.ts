import { CostRuleRow, RuleFinding } from '@headroom/plugin-cost-common';
import { formatMoney, formatShare, toMicros } from '@headroom/react';
import { RuleTranslate } from '../../useRuleTranslation';

/** A threshold, or a value that is compared with one. */
export function valueText(
  { percent, amount }: Pick<CostRuleRow | RuleFinding, 'percent' | 'amount'>,
  currency: string,
): string {
  if (amount !== undefined) {
    return formatMoney(toMicros(amount), currency);
  }
  return percent === undefined ? '–' : formatShare(percent / 100);
}

/** What a rule says, in a line. */
export function ruleText(
  rule: CostRuleRow,
  currency: string,
  t: RuleTranslate,
): string {
  return t(rule.side, {
    measure: t(`measure.${rule.measure}`),
    threshold: valueText(rule, currency),
  });
}

/** What something is called that is over a rule. */
export function subjectText(
  { subject, title }: RuleFinding,
  t: RuleTranslate,
): string {
  return subject.type === 'cluster' ? t('cluster', { name: title }) : title;
}
