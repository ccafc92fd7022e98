import {
  ActingMode,
  KubernetesTarget,
  PlanDraft,
  PlannedAction,
} from '@headroom/common';
import { FactSource, InventoryFacts, WorldFacts } from '../guards';

export const CLUSTER = 'us-west';

export function target(name: string, version = '1'): KubernetesTarget {
  return {
    type: 'kubernetes',
    cluster: CLUSTER,
    group: 'autoscaling',
    version: 'v2',
    kind: 'HorizontalPodAutoscaler',
    resource: 'horizontalpodautoscalers',
    namespace: 'shop',
    name,
    uid: `uid-${name}`,
    resourceVersion: version,
  };
}

export function action(
  name: string,
  over: Partial<PlannedAction> & { before?: number; after?: number } = {},
): PlannedAction {
  const { before = 3, after = 1, ...rest } = over;
  return {
    key: `${name} to ${after}`,
    target: target(name),
    subject: `Deployment shop/${name}`,
    entityRef: `component:default/${name}`,
    changes: [{ path: ['spec', 'minReplicas'], before, after }],
    direction: after < before ? 'down' : 'up',
    reason: { message: 'Night.' },
    evidence: [],
    expected: { text: { message: 'Less is paid.' }, settleSeconds: 0 },
    undo: { message: `Back to ${before}.` },
    ...rest,
  };
}

export function draft(
  actions: readonly PlannedAction[],
  over: Partial<PlanDraft> & { mode?: ActingMode } = {},
): PlanDraft {
  return {
    controller: 'schedules',
    policyId: 'nights',
    policyTitle: 'Nights',
    mode: 'enforce',
    cluster: CLUSTER,
    twoPersons: false,
    at: '2026-11-28T20:00:00.000Z',
    actions,
    validSeconds: 3600,
    ...over,
  };
}

export const INVENTORY: InventoryFacts = {
  state: 'whole',
  ageSeconds: 3,
  workloads: 100,
  workloadsBefore: 100,
};

export function world(over: Partial<WorldFacts> = {}): WorldFacts {
  return {
    inventories: new Map([[CLUSTER, INVENTORY]]),
    freezeWindows: [],
    targets: new Map(),
    ...over,
  };
}

/** Facts that a test may change between two questions. */
export function factSource(facts: { now: WorldFacts }): FactSource {
  return async () => facts.now;
}
