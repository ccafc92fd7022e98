import { discoveryApiRef, fetchApiRef } from '@backstage/core-plugin-api';
import {
  ApiBlueprint,
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import ScalingIcon from '@material-ui/icons/Height';
import { CostClient } from '@headroom/plugin-cost-common';
import { ScalingClient } from '@headroom/plugin-scaling-common';
import { estimatesApiRef, scalingApiRef } from './api';
import { formFields } from './components/Stamping/formFields';
import { SCALING_TAB_PATH } from './components/links';
import {
  newPolicyRouteRef,
  rootRouteRef,
  serviceScalingRouteRef,
} from './routes';

const scalingApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: scalingApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: apis => ScalingClient.create(apis),
    }),
});

const estimatesApi = ApiBlueprint.make({
  name: 'estimates',
  params: defineParams =>
    defineParams({
      api: estimatesApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: apis => CostClient.create(apis),
    }),
});

const scalingPage = PageBlueprint.make({
  params: {
    path: '/scaling',
    routeRef: rootRouteRef,
    title: 'Scaling',
    icon: <ScalingIcon fontSize="inherit" />,
    loader: () =>
      import('./components/ScalingPage').then(m => (
        <main>
          <m.PageTitle />
          <m.ScalingTabs />
        </main>
      )),
  },
});

const serviceContent = EntityContentBlueprint.make({
  name: 'service',
  params: {
    path: SCALING_TAB_PATH,
    title: 'Scaling',
    filter: { kind: 'component' },
    routeRef: serviceScalingRouteRef,
    loader: () =>
      import('./components/EntityScaling').then(m => <m.EntityScaling />),
  },
});

// Narrow on purpose: a card saying "nothing here" on every library helps nobody.
const manifestsCard = EntityCardBlueprint.make({
  name: 'manifests',
  params: {
    type: 'content',
    filter: {
      $all: [
        { kind: 'component' },
        {
          $any: [
            {
              'metadata.annotations.backstage.io/kubernetes-id': {
                $exists: true,
              },
            },
            {
              'metadata.annotations.backstage.io/kubernetes-label-selector': {
                $exists: true,
              },
            },
            {
              'metadata.annotations.headroom.io/manifests': { $exists: true },
            },
          ],
        },
      ],
    },
    loader: () =>
      import('./components/ManifestsCard').then(m => <m.EntityManifestsCard />),
  },
});

/**
 * What is in force on the workloads of every service and why, what comes next,
 * what waits for a yes, and what was saved: the page `/scaling` and the tab
 * *Scaling* on Components, a card of what is wrong with their manifests; and the fields of forms that create services.
 *
 * @public
 */
export const scalingPlugin = createFrontendPlugin({
  pluginId: 'scaling',
  title: 'Scaling',
  icon: <ScalingIcon fontSize="inherit" />,
  info: { packageJson: () => import('../package.json') },
  routes: {
    root: rootRouteRef,
    newPolicy: newPolicyRouteRef,
    service: serviceScalingRouteRef,
  },
  extensions: [
    scalingApi,
    estimatesApi,
    scalingPage,
    serviceContent,
    manifestsCard,
    ...formFields,
  ],
});
