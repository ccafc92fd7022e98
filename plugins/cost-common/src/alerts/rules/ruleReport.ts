import { Micros } from '@headroom/common';
import { BudgetScope } from '../../budgets';
import { AlertSeverity } from '../costAlert';
import { RuleMeasure, RuleSubjectKind } from './costRule';

/** A rule of the configuration, or one that is built in. @public */
export interface CostRuleRow {
  id: string;
  measure: RuleMeasure;
  side: 'above' | 'below';
  /** The threshold in percent; of `hourly-spend` it is `amount`. */
  percent?: number;
  amount?: Micros;
  holdHours: number;
  subjects: RuleSubjectKind[];
  /** It looks at some of them only. */
  onlySome: boolean;
  /** A day; what costs less is not looked at. */
  floor: Micros;
  severity: AlertSeverity;
  enabled: boolean;
  /** Last hour that was looked at, its beginning, ISO 8601 UTC; absent = none yet. */
  through?: string;
  /** How many of the caller's subjects nothing is known of by then. */
  unknown: number;
  /** There are more of those than are kept: whether the caller's are among them is not known. */
  unknownMore: boolean;
}

/** What is over a threshold. @public */
export interface RuleFinding {
  ruleId: string;
  subject: BudgetScope;
  /** Name for people. */
  title: string;
  /** First of the hours in a row, its beginning, ISO 8601 UTC. */
  since: string;
  /** Of the last known hour, as the threshold is; absent = there was nothing to measure. */
  percent?: number;
  amount?: Micros;
  /** What it is taken of costs so much a day. */
  perDay?: Micros;
  /** The last hours are not known: what is said is of before. */
  unknown: boolean;
}

/** Rules, and what is over them now. @public */
export interface CostRulesReport {
  /** ISO 4217; amounts are not converted. */
  currency: string;
  rules: CostRuleRow[];
  /** Of rules that are enabled, the dearest first. */
  over: RuleFinding[];
  /** The caller may not see all of it. */
  restricted: boolean;
}
