import { UserInfoService } from '@backstage/backend-plugin-api';
import { Fence } from '@headroom/node';
import { budgetOf } from '../../actions/budgetOf';
import { CostCore } from '../../core/CostCore';
import { Feature } from '../../core/Feature';
import { BudgetChanges } from './BudgetChanges';
import { BudgetCollection } from './BudgetCollection';
import { BudgetEvaluator } from './BudgetEvaluator';
import { BudgetJob } from './BudgetJob';
import { BudgetPages } from './BudgetPages';
import { Budgets } from './Budgets';
import { BudgetDriverReports } from './BudgetDriverReports';
import { createBudgetsRouter } from './budgetsRouter';

/** Budgets of teams and of what they run: made, evaluated, and shown. */
export function createBudgetsFeature(
  core: CostCore,
  { userInfo }: { userInfo: UserInfoService },
): Feature {
  const knex = core.database.work;
  const fence = Fence.create({ prefix: 'cost', task: 'cost-budgets' });
  const evaluator = BudgetEvaluator.create({
    ...core,
    configured: new Set(core.clusters.map(({ name }) => name)),
  });
  const job = BudgetJob.create({ ...core, knex, fence, evaluator });
  const collection = BudgetCollection.create(core);
  const pages = BudgetPages.create({ ...core, collection, userInfo });
  return {
    routes: createBudgetsRouter({
      httpAuth: core.httpAuth,
      pages,
      budgets: Budgets.create({ ...core, collection, evaluator }),
      drivers: BudgetDriverReports.create({ ...core, collection }),
      changes: BudgetChanges.create({ ...core, collection }),
    }),
    actions: [budgetOf({ pages })],
    tasks: [
      {
        id: fence.task,
        fence,
        schedule: core.config.budgets.schedule,
        run: () => job.run(),
      },
    ],
  };
}
