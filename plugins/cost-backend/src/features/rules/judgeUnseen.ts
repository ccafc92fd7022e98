import { HOUR_MS } from '@headroom/common';
import { CostRule, RuleOccurrence } from '@headroom/plugin-cost-common';
import { StoredRuleState } from '../../database/rules/RuleStore';

/** As long as links of an entity wait for it to be back. */
const GRACE_MS = 7 * 24 * HOUR_MS;

/**
 * What becomes of a state when there is no such subject: a catalog that is read in part
 * or a budget with a mistake is no end, so for some days it stays what it was. Then who
 * was told that it is over is told that there is nothing to measure. Pure.
 *
 * @param now - ISO 8601 UTC
 */
export function judgeUnseen(
  rule: CostRule,
  before: StoredRuleState,
  now: string,
): { stored?: StoredRuleState; event?: RuleOccurrence } {
  const { unseenSince = now, subject, title } = before;
  if (Date.parse(now) - Date.parse(unseenSince) < GRACE_MS) {
    return { stored: { ...before, isUnknown: true, unseenSince } };
  }
  if (!before.told) {
    return {};
  }
  const { id, measure, side, threshold, severity, notify } = rule;
  return {
    event: {
      kind: 'ended',
      at: now,
      rule: { id, measure, side, threshold, severity, notify },
      subject,
      title,
      end: 'nothing',
    },
  };
}
