/**
 * The cost plugin for portals on the legacy frontend system.
 *
 * @packageDocumentation
 */
import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import {
  CardExtensionProps,
  createCardExtension,
} from '@backstage/plugin-home-react';
import { CostClient } from '@headroom/plugin-cost-common';
import { costApiRef } from './api';
import {
  newPolicyRouteRef,
  resourceCostRouteRef,
  scalingRouteRef,
  rootRouteRef,
  serviceCostRouteRef,
  teamCostRouteRef,
} from './routes';

export { isCostAvailable } from './isCostAvailable';
export { costApiRef } from './api';
export { costAnomalyTranslationRef } from './anomalyTranslation';
export { costBillTranslationRef } from './billTranslation';
export { costRunningTranslationRef } from './runningTranslation';
export { costBudgetTranslationRef } from './budgetTranslation';
export { costCompletionTranslationRef } from './completionTranslation';
export { costReviewTranslationRef } from './reviewTranslation';
export { costTranslationRef } from './translation';

/**
 * The plugin itself; its pages and cards are the exports beside it.
 *
 * @public
 */
export const costPlugin = createPlugin({
  id: 'cost',
  routes: {
    root: rootRouteRef,
    service: serviceCostRouteRef,
    team: teamCostRouteRef,
    resource: resourceCostRouteRef,
  },
  externalRoutes: { newPolicy: newPolicyRouteRef, scaling: scalingRouteRef },
  apis: [
    createApiFactory({
      api: costApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: apis => CostClient.create(apis),
    }),
  ],
});

/**
 * What everything costs. Mount it at `/cost`.
 *
 * @public
 */
export const CostPage: () => JSX.Element = costPlugin.provide(
  createRoutableExtension({
    name: 'CostPage',
    component: () => import('./components/CostPage').then(m => m.CostPage),
    mountPoint: rootRouteRef,
  }),
);

/**
 * The Cost tab of a Component, with its sub-pages GPU and Advice. Mount it at the path `/cost` of the entity page:
 * rows of the other pages lead there.
 *
 * @public
 */
export const EntityCostContent: () => JSX.Element = costPlugin.provide(
  createRoutableExtension({
    name: 'EntityCostContent',
    component: () =>
      import('./components/CostSubPages').then(m => m.CostSubPages),
    mountPoint: serviceCostRouteRef,
  }),
);

/**
 * The Cost tab of a Group. Mount it at the path `/cost` of the entity page.
 *
 * @public
 */
export const EntityTeamCostContent: () => JSX.Element = costPlugin.provide(
  createRoutableExtension({
    name: 'EntityTeamCostContent',
    component: () =>
      import('./components/EntityTeamCost').then(m => m.EntityTeamCost),
    mountPoint: teamCostRouteRef,
  }),
);

/**
 * The Cost tab of a Resource: what providers bill of its own. Mount it at the path
 * `/cost` of the entity page.
 *
 * @public
 */
export const EntityBillContent: () => JSX.Element = costPlugin.provide(
  createRoutableExtension({
    name: 'EntityBillContent',
    component: () => import('./components/EntityBill').then(m => m.EntityBill),
    mountPoint: resourceCostRouteRef,
  }),
);

/**
 * A narrow card for the overview of a Component.
 *
 * @public
 */
export const EntityCostCard: () => JSX.Element = costPlugin.provide(
  createComponentExtension({
    name: 'EntityCostCard',
    component: {
      lazy: () =>
        import('./components/EntityCostCard').then(m => m.EntityCostCard),
    },
  }),
);

/**
 * A narrow card for the overview of a Component or a Group: how its budget stands.
 *
 * @public
 */
export const EntityBudgetCard: () => JSX.Element = costPlugin.provide(
  createComponentExtension({
    name: 'EntityBudgetCard',
    component: {
      lazy: () => import('./components/Budgets').then(m => m.EntityBudgetCard),
    },
  }),
);

/**
 * A card for the home page: budgets of the reader's teams, the nearest to its end first.
 *
 * @public
 */
export const HomePageBudgets: (
  props: CardExtensionProps<unknown>,
) => JSX.Element = costPlugin.provide(
  createCardExtension({
    name: 'HomePageBudgets',
    title: 'Budgets of my teams',
    components: () =>
      import('./components/BudgetsWidget').then(m => ({
        Content: m.BudgetsWidget,
      })),
  }),
);
