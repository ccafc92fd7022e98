/**
 * The scaling plugin for portals on the legacy frontend system.
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
import { CostClient } from '@headroom/plugin-cost-common';
import { ScalingClient } from '@headroom/plugin-scaling-common';
import { estimatesApiRef, scalingApiRef } from './api';
import {
  budgetExtension,
  clusterExtension,
  costExtension,
  decisionExtension,
  scheduleExtension,
  timezoneExtension,
} from './components/Stamping/legacyFields';
import {
  newPolicyRouteRef,
  rootRouteRef,
  serviceScalingRouteRef,
} from './routes';

export { isScalingAvailable } from './isScalingAvailable';
export { estimatesApiRef, scalingApiRef } from './api';
export type { EstimatesApi } from './api';
export { scalingTranslationRef } from './translation';

/**
 * The plugin itself; its pages are the exports beside it.
 *
 * @public
 */
export const scalingPlugin = createPlugin({
  id: 'scaling',
  routes: {
    root: rootRouteRef,
    newPolicy: newPolicyRouteRef,
    service: serviceScalingRouteRef,
  },
  apis: [
    createApiFactory({
      api: scalingApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: apis => ScalingClient.create(apis),
    }),
    createApiFactory({
      api: estimatesApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: apis => CostClient.create(apis),
    }),
  ],
});

/**
 * What is in force everywhere. Mount it at `/scaling`.
 *
 * @public
 */
export const ScalingPage: () => JSX.Element = scalingPlugin.provide(
  createRoutableExtension({
    name: 'ScalingPage',
    component: () =>
      import('./components/ScalingPage').then(m => m.ScalingPage),
    mountPoint: rootRouteRef,
  }),
);

/**
 * The tab Scaling of a Component. Mount it at the path `/scaling` of the entity
 * page: rows of the other pages lead there.
 *
 * @public
 */
export const EntityScalingContent: () => JSX.Element = scalingPlugin.provide(
  createRoutableExtension({
    name: 'EntityScalingContent',
    component: () =>
      import('./components/EntityScaling').then(m => m.EntityScaling),
    mountPoint: serviceScalingRouteRef,
  }),
);

/**
 * What is wrong with the manifests of a Component: a card of its overview.
 *
 * @public
 */
export const EntityManifestsCard: () => JSX.Element = scalingPlugin.provide(
  createComponentExtension({
    name: 'EntityManifestsCard',
    component: {
      lazy: () =>
        import('./components/ManifestsCard').then(m => m.EntityManifestsCard),
    },
  }),
);

/** What a new service is, decided with its user. A child of `ScaffolderFieldExtensions`. @public */
export const HeadroomDecisionField = scalingPlugin.provide(decisionExtension);

/** The cluster of a new service. A child of `ScaffolderFieldExtensions`. @public */
export const HeadroomClusterField = scalingPlugin.provide(clusterExtension);

/** The time zone of a new service. A child of `ScaffolderFieldExtensions`. @public */
export const HeadroomTimezoneField = scalingPlugin.provide(timezoneExtension);

/** When a new service has to run. A child of `ScaffolderFieldExtensions`. @public */
export const HeadroomScheduleField = scalingPlugin.provide(scheduleExtension);

/** What a new service may cost. A child of `ScaffolderFieldExtensions`. @public */
export const HeadroomBudgetField = scalingPlugin.provide(budgetExtension);

/** What a new service will cost. A child of `ScaffolderFieldExtensions`. @public */
export const HeadroomCostField = scalingPlugin.provide(costExtension);
