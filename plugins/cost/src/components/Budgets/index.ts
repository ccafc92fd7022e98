export * from './BudgetsView';
export * from './EntityBudgetCard';
