export { BudgetsWidget } from './BudgetsWidget';
