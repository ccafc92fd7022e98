import { decimalToMicros, Said } from '@headroom/common';
import { GuardCosts, GuardSide, MicrosRange } from './GuardCosts';
import { GuardPolicy } from './guardPolicy';
import {
  GuardOverride,
  GuardReport,
  GuardReportSide,
  GuardVerdict,
} from './GuardReport';
import { wordGuard } from './guardSentences';
import { judgeGuard, KnownBudget } from './judgeGuard';

/** What a report is made with, beside the costs. @public */
export interface GuardReportInput {
  policy: GuardPolicy;
  budget: KnownBudget;
  override?: GuardOverride;
  /** ISO 8601 UTC. */
  now: string;
}

/**
 * What a change costs, what the policy says of it, and what an override makes of
 * that: it turns *deny* into *warn* until it ends.
 *
 * @public
 */
export function guardReportOf(
  costs: GuardCosts,
  { policy, budget: known, override, now }: GuardReportInput,
): GuardReport {
  const { verdict: judged, rules } = judgeGuard(costs, policy, known);
  const counts = override !== undefined && override.until > now;
  const isOverridden = counts && judged === 'deny';
  const verdict = isOverridden ? 'warn' : judged;
  const { difference, differenceOpen, before } = costs;
  return {
    verdict,
    source: costs.source,
    currency: costs.currency,
    judged: policy.judge,
    ...(before && {
      before: { monthly: wire(before), complete: !costs.beforeOpen },
    }),
    after: { monthly: wire(costs.after), complete: !costs.afterOpen },
    ...(difference && {
      difference: {
        monthly: wire(difference),
        complete: !differenceOpen.above && !differenceOpen.below,
        atLeast: !differenceOpen.below,
      },
    }),
    rows: costs.rows.map(row => ({
      name: row.name,
      status: row.status,
      ...(row.before && { before: wireSide(row.before) }),
      ...(row.after && { after: wireSide(row.after) }),
      ...(row.difference && { difference: wire(row.difference) }),
    })),
    unknown: costs.unknown,
    unknownCount: costs.unknownCount,
    rules,
    ...('budget' in known && { budget: known.budget }),
    ...('unknown' in known && { budgetUnknown: known.unknown }),
    ...(override && { override: sayOverride(override, counts) }),
    ...(isOverridden && { overridden: judged }),
    ...(policy.ask !== undefined && { ask: policy.ask }),
    remarks: costs.remarks,
    commentDue: isCommentDue(costs, policy, verdict),
  };
}

/**
 * What is said when prices can't be had: a warning, which blocks nothing.
 *
 * @param why - in a sentence
 * @public
 */
export function guardOutage(
  source: GuardReport['source'],
  policy: GuardPolicy,
  why: string,
): GuardReport {
  return {
    verdict: 'warn',
    source,
    judged: policy.judge,
    rows: [],
    unknown: [],
    unknownCount: 0,
    rules: [],
    outage: wordGuard('outage', { why }),
    ...(policy.ask !== undefined && { ask: policy.ask }),
    remarks: [],
    commentDue: true,
  };
}

function sayOverride(
  override: GuardOverride,
  counts: boolean,
): NonNullable<GuardReport['override']> {
  const { person, reason, until } = override;
  const said: Said = counts
    ? wordGuard('overridden', { person, reason, until })
    : wordGuard('overrideOver', { person, until });
  return { ...override, said, counts };
}

function isCommentDue(
  { difference, after }: GuardCosts,
  { judge, commentFrom }: GuardPolicy,
  verdict: GuardVerdict,
): boolean {
  if (verdict !== 'ok') {
    return true;
  }
  const { min, max } = difference ?? after;
  const [less, more] = [min, max]
    .map(change => (change < 0n ? -change : change))
    .sort((a, b) => (a < b ? -1 : 1));
  const size = judge === 'fewest' ? less : more;
  return size > 0n && size >= decimalToMicros(commentFrom);
}

function wire({ min, max }: MicrosRange) {
  return { min: min.toString(), max: max.toString() };
}

function wireSide({
  monthly,
  unknown,
  scaling,
  kept,
}: GuardSide): GuardReportSide {
  return {
    monthly: wire(monthly),
    unknown,
    ...(scaling && { scaling }),
    ...(kept && { kept }),
  };
}
