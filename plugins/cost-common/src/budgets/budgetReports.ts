import { Micros, PeriodProjection, Said } from '@headroom/common';
import {
  BudgetDefinition,
  BudgetDefinitionInput,
  BudgetThreshold,
} from './budgetDefinition';
import type { BudgetState } from './budgetStanding';

/**
 * Where a budget is written: `config` = app-config, `page` = somebody made it in the
 * portal, `annotation` = the entity declares it. Of several for the same scope, length
 * of period and basis of cost the first of these counts.
 *
 * @public
 */
export const BUDGET_ORIGINS = ['config', 'page', 'annotation'] as const;

/** @public */
export type BudgetOrigin = (typeof BUDGET_ORIGINS)[number];

/** How a threshold stands; money in micros of the budget's currency. @public */
export interface BudgetThresholdState extends BudgetThreshold {
  at: Micros;
  /** Absent = can't be said: there is no forecast, or what is carried over decides and isn't known. */
  isReached?: boolean;
  /** When it fired in this period, ISO 8601 UTC; absent = it has not. */
  firedAt?: string;
}

/** What a budget came to when it was last evaluated. Money in micros of its currency. @public */
export interface BudgetStatus {
  /** ISO 8601 UTC. */
  evaluatedAt: string;
  /** First day of the period, `YYYY-MM-DD`. */
  start: string;
  /** Day after its last one. */
  end: string;
  today: string;
  amount: Micros;
  /** From the period before; negative = it was overspent. */
  carried: Micros;
  /** Why nothing is carried over that should be. */
  carryProblem?: Said;
  /** Amount and what is carried. */
  limit: Micros;
  spent: Micros;
  /** The newest complete day; absent = none. */
  completeThrough?: string;
  /** First day of which anything is known, where days of the period before it are not: `spent` is at least this. */
  knownFrom?: string;
  /** Days that are over and not known in full: hours are missing, or a bill has not said all of them yet, as of its newest day. */
  incompleteDays: number;
  projection: PeriodProjection;
  thresholds: BudgetThresholdState[];
  /** The day by whose end more was spent than the limit; absent = not breached. */
  breachedOn?: string;
  /** How the period before ended, while that may still be corrected. */
  closed?: ClosedBudgetPeriod;
}

/** A period of a budget that is over; money in micros of the budget's currency. @public */
export interface ClosedBudgetPeriod {
  /** First day, `YYYY-MM-DD`. */
  start: string;
  /** Day after its last one. */
  end: string;
  /** Amount and what was carried. */
  limit: Micros;
  spent: Micros;
  /** First day of which anything is known, where earlier days are not: `spent` is at least this. */
  knownFrom?: string;
}

/** A budget in a list. @public */
export interface BudgetRow {
  id: string;
  /** Of a budget made on the page, for a change to say which one it is of; absent = can't be changed here. */
  version?: number;
  origin: BudgetOrigin;
  budget: BudgetDefinition;
  /** Absent = not evaluated yet, or why it can't be is in `problem`. */
  status?: BudgetStatus;
  problem?: string;
  /** The budget that counts instead of this one. */
  overruledBy?: string;
  /** Who is told: those named, else who owns what the budget is for. */
  notified: string[];
  /** Budgets directly below it, as far as the caller may see them all. */
  children?: { ids: string[]; total: Micros; exceeds: boolean };
  /** The caller may change it. */
  isEditable: boolean;
}

/** Answer to "which budgets are there?". @public */
export interface BudgetList {
  /** One page of them. */
  budgets: BudgetRow[];
  /** Budgets on all pages. */
  totalRows: number;
  /** How many stand how, whatever state was asked for; a state of none is absent. */
  states: Partial<Record<BudgetState, number>>;
  /** The budget of the entity itself that was asked for, of a month where it has one; absent = it has none that counts. */
  own?: BudgetRow;
  /** Some budgets are for what the caller may not see. */
  restricted: boolean;
  /** The caller may make a budget for what was asked for. */
  mayCreate: boolean;
  /** Currencies a budget can be in. */
  currencies: string[];
  /** The zone of days where a budget says none. */
  timezone: string;
  simulated: boolean;
}

/** What is left at the end of a day, in micros. @public */
export interface BudgetBurnDownDay {
  day: string;
  even: Micros;
  left?: Micros;
  partial?: boolean;
  forecast?: { likely: Micros; least: Micros; most: Micros };
}

/** A part of what a budget is spent on. @public */
export interface BudgetDriver {
  /** Absent = workloads of no service. */
  entityRef?: string;
  title?: string;
  /** In the period so far. */
  spent: Micros;
  /** Over as many days just before the period; absent = some of them are not known. */
  before?: Micros;
  /** What advice would save a month; absent = there is none. */
  savingPerMonth?: Micros;
}

/** Answer to "who spends this budget?". @public */
export interface BudgetDrivers {
  /** Those that cost most first. */
  drivers: BudgetDriver[];
}

/** Something that happened to a budget. @public */
export interface BudgetHappening extends BudgetThreshold {
  id: string;
  kind: 'fired' | 'cleared';
  /** ISO 8601 UTC. */
  at: string;
  start: string;
  end: string;
  reason: Said;
}

/** Answer to "how does this budget stand?". @public */
export interface BudgetReport extends BudgetRow {
  burnDown: BudgetBurnDownDay[];
  /** What advice that can be taken would save, and what would then be spent by the end; absent = none. */
  advice?: { perMonth: Micros; forecast?: Micros };
  /** Newest first. */
  happenings: BudgetHappening[];
  simulated: boolean;
}

/** What makes or changes a budget. @public */
export interface BudgetChange {
  budget: BudgetDefinitionInput;
  /** Of the one that is changed; absent = it is new. */
  version?: number;
}

/** A budget as it is kept. @public */
export interface SavedBudget {
  id: string;
  version: number;
  budget: BudgetDefinition;
}

/**
 * What a list of budgets can be sorted by: how they stand (`state`, the worst first), the
 * name (`budget`), what they allow (`limit`), the part of it that is spent, what is
 * forecast to be spent, and where they are written. What is not known comes last.
 *
 * @public
 */
export const BUDGET_SORTS = [
  'state',
  'budget',
  'limit',
  'spent',
  'forecast',
  'origin',
] as const;

/** @public */
export type BudgetSort = (typeof BUDGET_SORTS)[number];

/** Which budgets are asked for, and which page of them. @public */
export interface BudgetQuery {
  /** A group, with all below it, or a service; absent = all. */
  entityRef?: string;
  /** Those of the caller and the caller's groups: set on them, or on what they own. */
  mine?: boolean;
  /** Text in the name or in what a budget is for. */
  q?: string;
  state?: BudgetState;
  /** `state` when absent. */
  sort?: BudgetSort;
  order?: 'asc' | 'desc';
  offset?: number;
  /** At most 1000; 100 when absent. */
  limit?: number;
}
