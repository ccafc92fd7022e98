import { LedgerEntry, StoredAction, StoredPlan } from '@headroom/common';

export function action(over: Partial<StoredAction> = {}): StoredAction {
  return {
    id: 'a-1',
    key: 'shop-nights/web',
    target: {
      type: 'kubernetes',
      cluster: 'us-west',
      group: 'autoscaling',
      version: 'v2',
      kind: 'HorizontalPodAutoscaler',
      resource: 'horizontalpodautoscalers',
      namespace: 'storefront',
      name: 'web-frontend',
      uid: 'u-1',
      resourceVersion: '7',
    },
    subject: 'Deployment storefront/web-frontend',
    entityRef: 'component:default/web-frontend',
    changes: [
      {
        path: ['spec', 'minReplicas'],
        before: 4,
        after: 2,
        setBy: 'kubectl-edit',
      },
    ],
    direction: 'down',
    replicasAfter: 2,
    reason: { message: 'Night has begun in Europe/Berlin.' },
    evidence: [
      { text: { message: 'No window holds.' }, link: '/scaling/policies/x' },
    ],
    expected: {
      text: { message: 'Two replicas fewer.' },
      savingPerHour: '768000',
      currency: 'USD',
      settleSeconds: 300,
    },
    undo: { message: 'spec.minReplicas is set back to 4.' },
    state: 'waiting',
    vetoes: [],
    stateSince: '2026-11-30T18:00:00.000Z',
    ...over,
  };
}

export function plan(over: Partial<StoredPlan> = {}): StoredPlan {
  return {
    id: 'p-1',
    controller: 'schedules',
    policyId: 'shop-nights',
    policyTitle: 'Shop sleeps at night',
    mode: 'propose',
    cluster: 'us-west',
    twoPersons: false,
    at: '2026-11-30T18:00:00.000Z',
    validSeconds: 3600,
    hash: 'abcdef0123456789',
    createdAt: '2026-11-30T18:00:00.000Z',
    expiresAt: '2026-11-30T19:00:00.000Z',
    current: true,
    actions: [action()],
    ...over,
  };
}

/** Held back by two guards, one of which can be mended by a line. */
export function vetoedPlan(): StoredPlan {
  return plan({
    id: 'p-2',
    policyTitle: 'Previews sleep',
    mode: 'enforce',
    actions: [
      action({
        id: 'a-2',
        state: 'vetoed',
        subject: 'StatefulSet payments/redis-feature-store',
        vetoes: [
          {
            guard: 'gitops',
            reason: { message: 'Argo CD owns spec.replicas.' },
            mend: 'jsonPointers: [/spec/replicas]',
          },
          {
            guard: 'disruption-budget',
            reason: { message: 'Its budget needs one.' },
          },
        ],
      }),
    ],
  });
}

export function unresolvedPlan(): StoredPlan {
  return plan({
    id: 'p-3',
    policyTitle: 'Training sleeps',
    actions: [action({ id: 'a-3', state: 'unresolved' })],
  });
}

export function ledgerEntry(over: Partial<LedgerEntry> = {}): LedgerEntry {
  const { target, subject, entityRef, changes, expected } = action();
  return {
    sequence: 7,
    at: '2026-11-29T18:00:01.000Z',
    event: 'applied',
    actionId: 'a-9',
    planId: 'p-9',
    controller: 'schedules',
    policyId: 'shop-nights',
    target,
    subject,
    entityRef,
    changes,
    by: 'policy:shop-nights',
    approvedBy: 'user:default/ana',
    token: 3,
    expected,
    text: { message: 'spec.minReplicas was set to 2.' },
    ...over,
  };
}
