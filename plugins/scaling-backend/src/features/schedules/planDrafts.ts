import { ActingMode, PlanDraft, PlannedAction } from '@headroom/common';
import {
  ScheduledChange,
  sayReport,
  weighSchedule,
} from '@headroom/plugin-scaling-common';
import { Breather } from '../../core/Breather';
import { Decision, FleetView, NO_POLICY } from '../../core/fleet/FleetView';
import { ACTION_ANNOTATION } from '@headroom/plugin-scaling-node';
import { PlanKey } from '../../database/PlanningStore';
import { withinLimits } from './withinLimits';
import { WorkloadCosts } from './WorkloadCosts';

/** What policies want. */
export const SCHEDULES = 'schedules';
/** What is put back, or wanted by a person for a while, where the policy itself does not go so far. */
export const BESIDE = 'schedules-beside';

const HOUR_S = 3600;
/** A plan is good for at least so long, and as long as what it is for holds. */
const SHORTEST_VALID_S = 300;
const LONGEST_VALID_S = 24 * HOUR_S;
const DEFAULT_VALID_S = 12 * HOUR_S;
/** Seconds after which pods have come or gone. */
const SETTLE_S = 120;
interface Draft {
  key: PlanKey;
  title: string;
  mode: ActingMode;
  twoPersons: boolean;
  requestedBy?: string;
  validSeconds: number;
  actions: PlannedAction[];
}

/**
 * What is wanted of every workload of clusters that can be trusted, as one draft a
 * policy and cluster. Without actions are those whose plan nobody wants any more.
 */
export async function planDrafts(
  view: FleetView,
  options: {
    /** Plans that are current. */
    open: readonly PlanKey[];
    /** By policy: how often it took capacity in 24 hours. */
    writesOfDay: ReadonlyMap<string, number>;
    /** Keys of what was taken back, by the id of the action that did. */
    undoneKeys: (ids: readonly string[]) => Promise<Map<string, string>>;
    /** What workloads cost, of those that are to be changed. */
    costs: Pick<WorkloadCosts, 'of' | 'read'>;
    signal: AbortSignal;
  },
): Promise<PlanDraft[]> {
  const drafts = new Map<string, Draft>();
  const trusted = new Set<string>();
  const matches = new Map<string, number>();
  const decisions: Decision[] = [];
  const breather = Breather.create({ beside: true });
  for (const { snapshot, targets } of view.clusters) {
    if (!snapshot?.trust.trustworthy) {
      continue; // nothing is planned, and what was planned stays
    }
    trusted.add(snapshot.cluster);
    options.signal.throwIfAborted();
    for (const target of targets) {
      await breather.breathe();
      const decision = view.decide(target);
      if (decision.booked) {
        const { id } = decision.booked.policy;
        matches.set(id, (matches.get(id) ?? 0) + 1);
      }
      if (decision.plan.changes.length > 0) {
        decisions.push(decision);
      }
    }
  }
  await options.costs.read(
    decisions.map(({ target }) => target),
    options.signal,
  );
  for (const decision of decisions) {
    addTo(drafts, decision, view, options.costs);
  }
  await keepUndone(drafts, options.undoneKeys);
  for (const { key, actions } of drafts.values()) {
    const policy = view.book.get(key.policyId)?.policy;
    if (policy) {
      actions.splice(
        0,
        actions.length,
        ...withinLimits(actions, policy.limits, {
          matches: matches.get(policy.id) ?? 0,
          today: options.writesOfDay.get(policy.id) ?? 0,
        }),
      );
    }
  }
  for (const key of options.open) {
    const id = JSON.stringify([key.controller, key.policyId, key.cluster]);
    if (trusted.has(key.cluster) && !drafts.has(id)) {
      drafts.set(id, {
        key,
        title: key.policyId,
        mode: 'observe',
        twoPersons: false,
        validSeconds: SHORTEST_VALID_S,
        actions: [],
      });
    }
  }
  return [...drafts.values()].map(draft => toPlanDraft(draft, view.atMs));
}

function addTo(
  drafts: Map<string, Draft>,
  decision: Decision,
  view: FleetView,
  costs: Pick<WorkloadCosts, 'of'>,
): void {
  const { cluster } = decision.target.workload;
  const policyId = decision.restores ?? decision.policy?.id ?? NO_POLICY;
  const policy = view.book.get(policyId)?.policy;
  // Of a policy on a cluster there is one plan, of one mode.
  const own = policy ? view.book.modeIn(cluster, policy.mode) : 'enforce';
  const key = {
    controller: decision.mode === own ? SCHEDULES : BESIDE,
    policyId,
    cluster,
  };
  const id = JSON.stringify([key.controller, key.policyId, key.cluster]);
  const draft: Draft = drafts.get(id) ?? {
    key,
    title:
      policy?.title ??
      (decision.override
        ? sayReport('overrideTitle').message
        : `${sayReport('restoreTitle').message}: ${policyId}`),
    mode: decision.mode,
    twoPersons: decision.mode !== 'enforce' && (policy?.twoPersons ?? false),
    ...(policy?.by &&
      decision.mode !== 'enforce' && { requestedBy: policy.by }),
    validSeconds: LONGEST_VALID_S,
    actions: [],
  };
  draft.validSeconds = Math.min(
    draft.validSeconds,
    validSeconds(decision, view.atMs),
  );
  draft.actions.push(
    ...decision.plan.changes.map(change => toAction(change, decision, costs)),
  );
  drafts.set(id, draft);
}

function toPlanDraft(draft: Draft, atMs: number): PlanDraft {
  return {
    controller: draft.key.controller,
    policyId: draft.key.policyId,
    policyTitle: draft.title,
    mode: draft.mode,
    cluster: draft.key.cluster,
    ...(draft.requestedBy && { requestedBy: draft.requestedBy }),
    twoPersons: draft.twoPersons,
    at: new Date(atMs).toISOString(),
    actions: draft.actions,
    validSeconds: draft.validSeconds,
  };
}

/** As long as what decides holds: what a person undoes isn't done again meanwhile. */
function validSeconds({ state }: Decision, atMs: number): number {
  const left =
    state?.untilMs === undefined
      ? DEFAULT_VALID_S
      : Math.ceil((state.untilMs - atMs) / 1000);
  return Math.min(Math.max(left, SHORTEST_VALID_S), LONGEST_VALID_S);
}

/**
 * The same wish has the same key, whatever its versions, until Headroom writes to the
 * object: what is wanted after that is wanted anew.
 */
function keyOf({ object }: ScheduledChange, decision: Decision): string {
  const { workload, autoscaler } = decision.target;
  const annotations =
    object.uid === workload.uid
      ? workload.annotations
      : autoscaler?.object.annotations;
  return JSON.stringify([
    object.uid,
    decision.restores ? 'restore' : decision.state?.because ?? 'restore',
    decision.override?.id ?? '',
    annotations?.[ACTION_ANNOTATION] ?? '',
  ]);
}

/** What a person took back is no new wish: it has the key that it had before. */
async function keepUndone(
  drafts: ReadonlyMap<string, Draft>,
  undoneKeys: (ids: readonly string[]) => Promise<Map<string, string>>,
): Promise<void> {
  const actions = [...drafts.values()].flatMap(draft => draft.actions);
  const markerOf = (key: string): string => JSON.parse(key)[3];
  const markers = actions.map(({ key }) => markerOf(key)).filter(Boolean);
  const undone =
    markers.length > 0 ? await undoneKeys(markers) : new Map<string, string>();
  for (const draft of drafts.values()) {
    draft.actions.forEach((action, index) => {
      const before = undone.get(markerOf(action.key));
      if (before !== undefined && wishOf(before) === wishOf(action.key)) {
        draft.actions[index] = { ...action, key: before };
      }
    });
  }
}

function wishOf(key: string): string {
  return JSON.stringify(JSON.parse(key).slice(0, 3));
}

function toAction(
  change: ScheduledChange,
  decision: Decision,
  costs: Pick<WorkloadCosts, 'of'>,
): PlannedAction {
  const { target } = decision;
  const { entityRef } = target;
  const { evidence, expected } = weighSchedule(
    change,
    target,
    costs.of(target),
  );
  return {
    key: keyOf(change, decision),
    target: change.object,
    subject: change.subject,
    ...(entityRef && { entityRef }),
    changes: change.changes,
    direction: change.direction,
    ...(change.replicasAfter !== undefined && {
      replicasAfter: change.replicasAfter,
    }),
    reason: change.reason,
    evidence,
    expected: {
      ...expected,
      text: sayReport(
        (
          {
            down: 'expectedDown',
            up: 'expectedUp',
            restore: 'expectedRestored',
            neutral: 'expectedNeutral',
          } as const
        )[change.direction],
      ),
      settleSeconds: SETTLE_S,
    },
    undo: change.undo,
  };
}
