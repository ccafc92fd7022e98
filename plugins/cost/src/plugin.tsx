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
import { HomePageWidgetBlueprint } from '@backstage/plugin-home-react/alpha';
import CostIcon from '@material-ui/icons/MonetizationOnOutlined';
import { CostClient } from '@headroom/plugin-cost-common';
import { costApiRef } from './api';
import { COST_TAB_PATH } from './components/CostEntityLink';
import {
  newPolicyRouteRef,
  resourceCostRouteRef,
  rootRouteRef,
  scalingRouteRef,
  serviceCostRouteRef,
  teamCostRouteRef,
} from './routes';

const costApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: costApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: apis => CostClient.create(apis),
    }),
});

// One page with tabs of its own: those a header makes of sub-pages name a tab
// panel that isn't there, which screen readers stumble over.
const costPage = PageBlueprint.make({
  params: {
    path: '/cost',
    routeRef: rootRouteRef,
    title: 'Cost',
    icon: <CostIcon fontSize="inherit" />,
    loader: () =>
      import('./components/CostPage').then(m => (
        <main>
          <m.PageTitle />
          <m.CostTabs />
        </main>
      )),
  },
});

const serviceContent = EntityContentBlueprint.make({
  name: 'service',
  params: {
    path: COST_TAB_PATH,
    title: 'Cost',
    filter: { kind: 'component' },
    routeRef: serviceCostRouteRef,
    loader: () =>
      import('./components/CostSubPages').then(m => <m.CostSubPages />),
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

const resourceContent = EntityContentBlueprint.make({
  name: 'resource',
  params: {
    path: COST_TAB_PATH,
    title: 'Cost',
    filter: { kind: 'resource' },
    routeRef: resourceCostRouteRef,
    loader: () => import('./components/EntityBill').then(m => <m.EntityBill />),
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

const budgetCard = EntityCardBlueprint.make({
  name: 'budget',
  params: {
    type: 'info',
    filter: { kind: { $in: ['group', 'component'] } },
    loader: () =>
      import('./components/Budgets').then(m => <m.EntityBudgetCard />),
  },
});

// Where a portal has no home page, the extension has nothing to attach to and stays off.
const budgetsWidget = HomePageWidgetBlueprint.make({
  name: 'budgets',
  params: {
    name: 'CostBudgets',
    title: 'Budgets of my teams',
    description:
      'How much of your teams’ budgets is spent and what is forecast, the nearest to its end first.',
    components: () =>
      import('./components/BudgetsWidget').then(m => ({
        Content: m.BudgetsWidget,
      })),
    layout: {
      width: { minColumns: 4, defaultColumns: 6 },
      height: { minRows: 4, defaultRows: 8 },
    },
  },
});

/**
 * What every service, team and cluster costs, whether GPUs work, and what to
 * change: the page `/cost`, the tab *Cost* on Components, Groups and Resources, cards
 * on the overview of Components and Groups, and a widget for the home page.
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
    resource: resourceCostRouteRef,
  },
  externalRoutes: { newPolicy: newPolicyRouteRef, scaling: scalingRouteRef },
  extensions: [
    costApi,
    costPage,
    serviceContent,
    teamContent,
    resourceContent,
    serviceCard,
    budgetCard,
    budgetsWidget,
  ],
});
