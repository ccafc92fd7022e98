import { fetchApiRef } from '@backstage/core-plugin-api';
import {
  ApiBlueprint,
  createFrontendPlugin,
  PageBlueprint,
  SubPageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import CostIcon from '@material-ui/icons/MonetizationOnOutlined';
import { CostClient, costApiRef } from './api';
import { COST_TAB_PATH } from './components/CostEntityLink';
import { rootRouteRef, serviceCostRouteRef, teamCostRouteRef } from './routes';

const costApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: costApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: ({ fetchApi }) => CostClient.create({ fetchApi }),
    }),
});

const costPage = PageBlueprint.make({
  params: {
    path: '/cost',
    routeRef: rootRouteRef,
    title: 'Cost',
    icon: <CostIcon fontSize="inherit" />,
  },
});

const overviewSubPage = SubPageBlueprint.make({
  name: 'overview',
  params: {
    path: 'overview',
    title: 'Overview',
    loader: async () => {
      const [{ CostOverview }, { Content }] = await Promise.all([
        import('./components/CostOverview'),
        import('@backstage/core-components'),
      ]);
      return (
        <Content>
          <CostOverview />
        </Content>
      );
    },
  },
});

const sourcesSubPage = SubPageBlueprint.make({
  name: 'sources',
  params: {
    path: 'sources',
    title: 'Sources',
    loader: async () => {
      const [{ CostSources }, { Content }] = await Promise.all([
        import('./components/CostSources'),
        import('@backstage/core-components'),
      ]);
      return (
        <Content>
          <CostSources />
        </Content>
      );
    },
  },
});

const serviceContent = EntityContentBlueprint.make({
  name: 'service',
  params: {
    path: COST_TAB_PATH,
    title: 'Cost',
    filter: { kind: 'component' },
    routeRef: serviceCostRouteRef,
    loader: () => import('./components/EntityCost').then(m => <m.EntityCost />),
  },
});

const teamContent = EntityContentBlueprint.make({
  name: 'team',
  params: {
    path: COST_TAB_PATH,
    title: 'Cost',
    filter: { kind: 'group' },
    routeRef: teamCostRouteRef,
    loader: () =>
      import('./components/EntityTeamCost').then(m => <m.EntityTeamCost />),
  },
});

// Narrow on purpose: a card saying "nothing here" on every library helps nobody.
const serviceCard = EntityCardBlueprint.make({
  name: 'service',
  params: {
    type: 'info',
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
          ],
        },
      ],
    },
    loader: () =>
      import('./components/EntityCostCard').then(m => <m.EntityCostCard />),
  },
});

/**
 * What every service, team and cluster costs: the page `/cost`, the tab *Cost*
 * on Components and Groups, and a card on the overview of Components.
 *
 * @public
 */
export const costPlugin = createFrontendPlugin({
  pluginId: 'cost',
  title: 'Cost',
  icon: <CostIcon fontSize="inherit" />,
  info: { packageJson: () => import('../package.json') },
  routes: {
    root: rootRouteRef,
    service: serviceCostRouteRef,
    team: teamCostRouteRef,
  },
  extensions: [
    costApi,
    costPage,
    overviewSubPage,
    sourcesSubPage,
    serviceContent,
    teamContent,
    serviceCard,
  ],
});
