import {
  Policy,
  PolicyPreview,
  PolicyView,
} from '@headroom/plugin-scaling-common';
import { webFrontend } from './workloads';

/** Previews of the demo sleep at night; made on the page. */
export function policy(over: Partial<Policy> = {}): Policy {
  return {
    id: 'shop-nights',
    title: 'Shop sleeps at night',
    by: 'user:default/guest',
    origin: { type: 'page' },
    scope: { type: 'service', entityRef: 'component:default/web-frontend' },
    mode: 'propose',
    schedules: [
      {
        zone: 'Europe/Berlin',
        windows: [
          {
            type: 'weekly',
            days: ['mon', 'tue', 'wed', 'thu', 'fri'],
            times: { start: '07:00', end: '19:00' },
            wish: { type: 'bounds', floor: 2, ceiling: 10 },
          },
        ],
        exceptions: [],
        holidays: [],
      },
    ],
    outside: { type: 'zero' },
    exclusions: [],
    overrides: [],
    graceMinutes: 15,
    lead: { type: 'measured' },
    twoPersons: false,
    limits: {},
    ...over,
  };
}

export function policyView(over: Partial<PolicyView> = {}): PolicyView {
  return {
    policy: policy(),
    matches: 2,
    wins: 1,
    issues: [],
    mayChange: true,
    ...over,
  };
}

export function policyPreview(
  over: Partial<PolicyPreview> = {},
): PolicyPreview {
  return {
    issues: [],
    workloads: [webFrontend],
    matches: 1,
    stretches: [],
    actions: [
      {
        subject: 'Deployment storefront/web-frontend',
        changes: [{ path: ['spec', 'minReplicas'], before: 2, after: 1 }],
        reason: { message: 'No window holds now.' },
      },
    ],
    withheld: [],
    ...over,
  };
}
