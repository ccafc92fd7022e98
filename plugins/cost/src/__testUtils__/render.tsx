import { Entity } from '@backstage/catalog-model';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { identityApiRef } from '@backstage/core-plugin-api';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import {
  catalogApiRef,
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { budgetDefinitionSchema, CostApi } from '@headroom/plugin-cost-common';
import { costApiRef } from '../api';
import { rootRouteRef } from '../routes';
import {
  costSettings,
  fleetReport,
  serviceReport,
  sourcesReport,
  teamReport,
} from './reports';
import { anomalyReport } from './anomalyReports';
import { billPayers, billReport, entityBillReport } from './billReports';
import { budgetDrivers, budgetList, budgetReport } from './budgetReports';
import { clusterCheck } from './clusterCheck';
import { adviceDetail, adviceReport } from './adviceReports';
import { gpuReport } from './gpuReports';
import { completionReport } from './completionReports';
import { review, reviewList } from './reviewReports';
import { runningService } from './runningService';
import { rulesReport } from './ruleReports';

/** A Component with the annotation that links it to workloads. */
export const component: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'akidb-rest',
    annotations: { 'backstage.io/kubernetes-id': 'akidb-rest' },
  },
  spec: { type: 'service', lifecycle: 'production', owner: 'ml' },
};

/** A Group. */
export const group: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name: 'ml' },
  spec: { type: 'team', children: [] },
};

/** A back end that answers everything, unless told otherwise. */
export function mockCostApi(
  overrides: Partial<CostApi> = {},
): jest.Mocked<CostApi> {
  return {
    getSettings: jest.fn(async () => costSettings()),
    getRunning: jest.fn(async entityRef => runningService({ entityRef })),
    getServiceReport: jest.fn(async () => serviceReport()),
    getTeamReport: jest.fn(async () => teamReport()),
    getFleetReport: jest.fn(async (_, groupBy) => fleetReport({ groupBy })),
    getSources: jest.fn(async () => sourcesReport()),
    getBill: jest.fn(async query => ({
      ...billReport(query),
      bills: [],
    })),
    getBillPayers: jest.fn(async query => billPayers(query)),
    getBudgets: jest.fn(async () => budgetList()),
    getBudget: jest.fn(async id => budgetReport({ id })),
    getBudgetDrivers: jest.fn(async () => budgetDrivers()),
    putBudget: jest.fn(async (id, { budget, version = 0 }) => ({
      id,
      version: version + 1,
      budget: budgetDefinitionSchema.parse(budget),
    })),
    deleteBudget: jest.fn(async () => undefined),
    getAnomalies: jest.fn(async () => anomalyReport({ anomalies: [] })),
    getRules: jest.fn(async () => rulesReport()),
    expectAnomaly: jest.fn(async () => anomalyReport().anomalies[0]),
    unexpectAnomaly: jest.fn(async () => undefined),
    getCompletion: jest.fn(async () => completionReport()),
    getReviews: jest.fn(async () => reviewList()),
    getReview: jest.fn(async ({ week }) => review({ week })),
    checkCluster: jest.fn(async (_, { onEvent }) => {
      clusterCheck().forEach(onEvent);
    }),
    getGpuReport: jest.fn(async (_, entityRef) => gpuReport({ entityRef })),
    getServiceAdvice: jest.fn(async () => adviceReport()),
    getFleetAdvice: jest.fn(async () => adviceReport()),
    getAdviceCsv: jest.fn(async () => new Blob(['Container\r\n'])),
    getAdviceDetail: jest.fn(async () => adviceDetail()),
    decideAdvice: jest.fn(async (_, decision) => ({
      ...decision,
      by: 'user:default/guest',
      at: '2026-10-06T08:00:00.000Z',
    })),
    undoAdviceDecision: jest.fn(async () => undefined),
    getEntityBill: jest.fn(async entityRef => entityBillReport({ entityRef })),
    getBillCharges: jest.fn(async () => new Blob(['ChargeCategory\r\n'])),
    getCharges: jest.fn(async () => new Blob(['ChargeCategory\r\n'])),
    ...overrides,
  } as jest.Mocked<CostApi>;
}

/** Renders an element of the plugin in a portal, below an entity when one is given. */
export function renderCost(
  element: JSX.Element,
  options: {
    api?: CostApi;
    entity?: Entity;
    url?: string;
    /** Whether everything is allowed; true when absent. */
    allowed?: boolean;
    /** Whom the reader acts as; of the team of the budgets here when absent. */
    owners?: string[];
  } = {},
) {
  const { api = mockCostApi(), entity, url = '/' } = options;
  return renderInTestApp(
    entity ? (
      <EntityProvider entity={entity}>{element}</EntityProvider>
    ) : (
      element
    ),
    {
      apis: [
        [costApiRef, api],
        [catalogApiRef, catalogApiMock({ entities: [component, group] })],
        [
          identityApiRef,
          mockApis.identity({
            userEntityRef: 'user:default/ann',
            ownershipEntityRefs: options.owners ?? ['group:default/ml'],
          }),
        ],
        [
          permissionApiRef,
          mockApis.permission({
            authorize:
              options.allowed === false
                ? AuthorizeResult.DENY
                : AuthorizeResult.ALLOW,
          }),
        ],
      ],
      mountedRoutes: {
        '/catalog/:namespace/:kind/:name': entityRouteRef,
        '/cost': rootRouteRef,
      },
      initialRouteEntries: [url],
    },
  );
}
