import { Entity } from '@backstage/catalog-model';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { identityApiRef } from '@backstage/core-plugin-api';
import {
  catalogApiRef,
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import {
  EntityScaling,
  SavingsReport,
  ScalingApi,
  ScalingOverview,
  ScalingSettings,
} from '@headroom/plugin-scaling-common';
import { scalingApiRef } from '../api';
import { rootRouteRef } from '../routes';
import { ledgerEntry, plan, unresolvedPlan, vetoedPlan } from './plans';
import { policyPreview, policyView } from './policies';
import { heldRow, inForceRow, redis, webFrontend } from './workloads';

export const NOW = '2026-11-30T13:00:00.000Z';

/** A Component of the demo. */
export const component: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'web-frontend' },
  spec: { type: 'service', lifecycle: 'production', owner: 'shop' },
};

export const ALL_ABILITIES = {
  writePolicies: true,
  approve: true,
  override: true,
  kill: true,
};

export const NO_ABILITIES = {
  writePolicies: false,
  approve: false,
  override: false,
  kill: false,
};

export function settings(over: Partial<ScalingSettings> = {}): ScalingSettings {
  return {
    clusters: [
      {
        name: 'us-west',
        title: 'US West (simulation)',
        simulated: true,
        canAct: true,
        seenAt: NOW,
        workloads: 40,
      },
      {
        name: 'eu-central',
        title: 'EU Central (simulation)',
        simulated: true,
        canAct: true,
        workloads: 0,
        problem: { message: 'The API server gave no answer.' },
      },
    ],
    killSwitch: { on: false },
    abilities: ALL_ABILITIES,
    protectedNamespaces: ['kube-system'],
    freezes: [],
    calendars: ['de-be'],
    timezone: 'Europe/Berlin',
    links: { readAt: NOW },
    ...over,
  };
}

export function overview(over: Partial<ScalingOverview> = {}): ScalingOverview {
  return {
    at: NOW,
    policies: 3,
    covered: 2,
    asWanted: 1,
    waitingForMe: 1,
    unresolved: 1,
    contested: 1,
    nextUntil: '2026-12-01T12:00:00.000Z',
    next: [
      {
        workload: webFrontend,
        stretch: {
          from: '2026-11-30T18:00:00.000Z',
          to: '2026-12-01T05:50:00.000Z',
          wanted: { floor: 0, ceiling: 0 },
          because: { message: 'No window holds then.' },
        },
      },
      {
        workload: webFrontend,
        stretch: {
          from: '2026-12-01T05:50:00.000Z',
          to: '2026-12-01T06:00:00.000Z',
          wanted: { floor: 2, ceiling: 10 },
          lead: true,
          because: { message: 'It takes 10 minutes to start.' },
        },
      },
      {
        workload: redis,
        stretch: {
          from: '2026-11-30T20:00:00.000Z',
          to: '2026-12-01T06:00:00.000Z',
          wanted: { floor: 1, ceiling: 1 },
          because: { message: 'The override ends.' },
        },
      },
    ],
    savings: {
      measured: {
        currency: 'USD',
        saved: '12340000',
        low: '10000000',
        high: '14500000',
        hours: 72,
      },
      notYet: 2,
    },
    ...over,
  };
}

export function savingsReport(
  over: Partial<SavingsReport> = {},
): SavingsReport {
  return {
    summary: overview().savings,
    rows: [
      {
        subject: 'Deployment storefront/web-frontend',
        cluster: 'us-west',
        entityRef: 'component:default/web-frontend',
        controller: 'schedules',
        policyId: 'shop-nights',
        policyTitle: 'Shop sleeps at night',
        actions: 6,
        since: '2026-11-24T18:00:00.000Z',
        inEffect: true,
        measured: overview().savings.measured,
        baselinePerHour: '1536000',
        expectedPerHour: '768000',
        remark: { message: 'The same hours of the week before are compared.' },
      },
    ],
    total: 1,
    ...over,
  };
}

export function entityScaling(
  over: Partial<EntityScaling> = {},
): EntityScaling {
  return {
    entityRef: 'component:default/web-frontend',
    rows: [inForceRow()],
    policies: [policyView()],
    plans: [plan()],
    ledger: [ledgerEntry()],
    savings: overview().savings,
    abilities: ALL_ABILITIES,
    stretches: {
      [webFrontend.id]: [
        {
          from: '2000-01-01T00:00:00.000Z',
          to: '2100-01-01T00:00:00.000Z',
          wanted: { floor: 2, ceiling: 10 },
          because: { message: 'A window holds.' },
        },
      ],
    },
    ...over,
  };
}

function page<TRow>(...rows: TRow[]) {
  return { rows, total: rows.length };
}

/** A back end that answers everything, unless told otherwise. */
export function mockScalingApi(
  overrides: Partial<ScalingApi> = {},
): jest.Mocked<ScalingApi> {
  return {
    getSettings: jest.fn(async () => settings()),
    getOverview: jest.fn(async () => overview()),
    getInForce: jest.fn(async () => page(inForceRow(), heldRow())),
    getEntity: jest.fn(async () => entityScaling()),
    getPolicies: jest.fn(async () => page(policyView())),
    previewPolicy: jest.fn(async () => policyPreview()),
    createPolicy: jest.fn(async policy => policyView({ policy })),
    updatePolicy: jest.fn(async policy => policyView({ policy })),
    deletePolicy: jest.fn(async () => undefined),
    pausePolicy: jest.fn(async () => policyView()),
    getPlans: jest.fn(async ({ state }) => {
      if (state === 'waiting') {
        return page(plan());
      }
      return state === 'unresolved'
        ? page(unresolvedPlan())
        : page(plan(), vetoedPlan(), unresolvedPlan());
    }),
    getPlan: jest.fn(async () => plan()),
    decide: jest.fn(async () => plan()),
    resolveAction: jest.fn(async () => undefined),
    undoAction: jest.fn(async () => undefined),
    override: jest.fn(async () => []),
    endOverride: jest.fn(async () => undefined),
    goOn: jest.fn(async () => undefined),
    setKillSwitch: jest.fn(async ({ on }) => ({ on })),
    getLedger: jest.fn(async () => page(ledgerEntry())),
    getSavings: jest.fn(async () => savingsReport()),
    getAdviceApplication: jest.fn(async () => {
      throw new Error('Nobody asks for it here');
    }),
    applyAdvice: jest.fn(async () => plan()),
    getManifests: jest.fn(async entityRef => ({
      entityRef,
      places: [],
      notes: [],
    })),
    checkManifests: jest.fn(async () => ({
      objects: 0,
      findings: [],
      more: 0,
      unread: [],
    })),
    ...overrides,
  } as jest.Mocked<ScalingApi>;
}

/** Renders an element of the plugin in a portal, below an entity when one is given. */
export function renderScaling(
  element: JSX.Element,
  options: { api?: ScalingApi; entity?: Entity; url?: string } = {},
) {
  const { api = mockScalingApi(), entity, url = '/' } = options;
  return renderInTestApp(
    entity ? (
      <EntityProvider entity={entity}>{element}</EntityProvider>
    ) : (
      element
    ),
    {
      apis: [
        [scalingApiRef, api],
        [catalogApiRef, catalogApiMock({ entities: [component] })],
        [
          identityApiRef,
          mockApis.identity({ userEntityRef: 'user:default/guest' }),
        ],
      ],
      mountedRoutes: {
        '/catalog/:namespace/:kind/:name': entityRouteRef,
        '/scaling': rootRouteRef,
      },
      initialRouteEntries: [url],
    },
  );
}
