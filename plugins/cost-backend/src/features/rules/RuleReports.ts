import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  CostRulesReport,
  RuleFinding,
  RuleMeasure,
} from '@headroom/plugin-cost-common';
import { calendarDayOf } from '@headroom/common';
import { ConfiguredRule } from '../../core/config/readRules';
import { CostScopes } from '../../core/CostScopes';
import { StoredRuleState } from '../../database/rules/RuleStore';

/** @internal */
export interface RuleReportsOptions {
  scopes: CostScopes;
  rules: readonly ConfiguredRule[];
  currency: string;
  timezone: string;
  now: () => Date;
}

/** Rules and what is over them, for a caller. */
export class RuleReports {
  readonly #options: RuleReportsOptions;

  static create(options: RuleReportsOptions) {
    return new RuleReports(options);
  }

  private constructor(options: RuleReportsOptions) {
    this.#options = options;
  }

  /**
   * What is over, as far as all of its cost is the caller's.
   *
   * @throws as {@link CostScopes.read}
   */
  async report(credentials: BackstageCredentials): Promise<CostRulesReport> {
    const { scopes, rules, currency, timezone, now } = this.#options;
    const readFrom = calendarDayOf(now(), timezone);
    return scopes.read('fleet', credentials, async at => {
      const over = await at.rules.over();
      const turns = await at.rules.turns();
      const unknown = turns.flatMap(({ ruleId, unknown: of }) =>
        of.map(scope => ({ ruleId, scope })),
      );
      const covered = await at.budgetScopes.covers(
        [
          ...over.map(({ subject }) => subject),
          ...unknown.map(({ scope }) => scope),
        ].map(scope => ({ scope, readFrom })),
        timezone,
      );
      const seen = over.filter((_, i) => covered[i]);
      const missed = unknown.filter((_, i) => covered[over.length + i]);
      return {
        currency,
        rules: rules.map(rule => {
          const turn = turns.find(({ ruleId }) => ruleId === rule.id);
          return {
            ...described(rule),
            ...(turn?.through !== undefined && { through: turn.through }),
            unknown: missed.filter(({ ruleId }) => ruleId === rule.id).length,
            unknownMore: turn ? turn.unknownCount > turn.unknown.length : false,
          };
        }),
        over: seen.flatMap(state => toFinding(state, rules)),
        restricted: covered.includes(false),
      };
    });
  }
}

function described(rule: ConfiguredRule) {
  const { id, measure, side, threshold, holdHours, subjects, severity } = rule;
  return {
    id,
    measure,
    side,
    ...inUnits(measure, threshold),
    holdHours,
    subjects: [...subjects],
    onlySome: rule.only.length > 0,
    floor: rule.floorMicros.toString(),
    severity,
    enabled: rule.enabled,
  };
}

function toFinding(
  { ruleId, subject, title, state, isUnknown, value, perDay }: StoredRuleState,
  rules: readonly ConfiguredRule[],
): RuleFinding[] {
  const rule = rules.find(({ id, enabled }) => id === ruleId && enabled);
  if (!rule || state.since === undefined) {
    return [];
  }
  return [
    {
      ruleId,
      subject,
      title,
      since: state.since,
      ...(value !== undefined && inUnits(rule.measure, value)),
      ...(perDay !== undefined && { perDay: String(perDay) }),
      unknown: isUnknown,
    },
  ];
}

function inUnits(
  measure: RuleMeasure,
  value: number,
): { percent: number } | { amount: string } {
  return measure === 'hourly-spend'
    ? { amount: String(Math.round(value)) }
    : { percent: value };
}
