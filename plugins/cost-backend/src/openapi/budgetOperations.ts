import { jsonOf, Operation } from '@headroom/node';
import {
  BudgetDrivers,
  BudgetList,
  BudgetReport,
  SavedBudget,
} from '@headroom/plugin-cost-common';
import {
  budgetBody,
  budgetQuery,
  budgetRemoval,
} from '../features/budgets/BudgetRequest';
import {
  budgetDrivers,
  budgetList,
  budgetReport,
  savedBudget,
} from './schemas';

const ONE = '/v1/budgets/:id';

/** Budgets of teams and of what they run. */
export const budgetOperations: Operation[] = [
  {
    method: 'get',
    path: '/v1/budgets',
    id: 'getBudgets',
    tag: 'Budgets',
    summary:
      'Budgets whose cost the caller may see, as they were last evaluated',
    query: budgetQuery,
    answer: jsonOf<BudgetList>()(budgetList),
  },
  {
    method: 'get',
    path: ONE,
    id: 'getBudget',
    tag: 'Budgets',
    summary: 'How one budget stands, and what can be done',
    answer: jsonOf<BudgetReport>()(budgetReport),
  },
  {
    method: 'get',
    path: `${ONE}/drivers`,
    id: 'getBudgetDrivers',
    tag: 'Budgets',
    summary:
      'Who spends one budget, now and before, and what advice would save',
    answer: jsonOf<BudgetDrivers>()(budgetDrivers),
  },
  {
    method: 'put',
    path: ONE,
    id: 'putBudget',
    tag: 'Budgets',
    summary:
      'Makes a budget, or changes the version that is named; for users only',
    body: budgetBody,
    answer: jsonOf<SavedBudget>()(savedBudget),
  },
  {
    method: 'delete',
    path: ONE,
    id: 'deleteBudget',
    tag: 'Budgets',
    summary: 'Removes a budget of the version that is named; for users only',
    query: budgetRemoval,
    answer: { type: 'nothing' },
  },
];
