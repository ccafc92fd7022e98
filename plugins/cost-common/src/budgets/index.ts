export * from './budgetAnnotations';
export * from './budgetDefinition';
export * from './budgetHierarchy';
export * from './budgetPeriod';
export * from './budgetReports';
export {
  budgetScopeKey,
  describeBudgetScope,
  entityRefOfKind,
} from './budgetScope';
export type { BudgetScope } from './budgetScope';
export {
  BUDGET_STATES,
  budgetName,
  budgetShareForecast,
  budgetShareSpent,
  budgetState,
} from './budgetStanding';
export type { BudgetState } from './budgetStanding';
export { BUDGET_SENTENCES } from './budgetSentences';
export * from './burnDown';
export * from './closedPeriod';
export { evaluateBudget } from './evaluateBudget';
export type {
  BudgetDay,
  BudgetEvaluation,
  BudgetFacts,
  ThresholdEvaluation,
} from './evaluateBudget';
export * from './stepThresholds';
