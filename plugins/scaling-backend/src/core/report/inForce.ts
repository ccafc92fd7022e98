import { Said, saidPart, StoredAction, targetKey } from '@headroom/common';
import { Contest } from '@headroom/plugin-controllers-node';
import {
  InForceRow,
  LosingPolicyMention,
  OverrideView,
  Policy,
  PolicyMention,
  sayReport,
  ScalingTarget,
  wordLead,
} from '@headroom/plugin-scaling-common';
import { StoredOverride } from '../../database/OverrideStore';
import { Decision, FleetView } from '../fleet/FleetView';
import { boundsOf, nextStretch } from './stretches';
import { workloadOf } from './workloadOf';

/** What rows are made with, beside what is decided. */
export interface InForceContext {
  /** Names of clusters with an identity that acts. */
  acting: ReadonlySet<string>;
  contests: readonly Contest[];
  /** What was refused lately, by the key of its target. */
  failed: ReadonlyMap<string, StoredAction>;
}

/** What is in force on a workload, and why. */
export function inForceRow(
  target: ScalingTarget,
  view: FleetView,
  context: InForceContext,
): InForceRow {
  const decision = view.decide(target);
  const { policy, state, override } = decision;
  const { winner, losers } = view.book.index.resolve(target);
  const clock = view.clockOf(target);
  const wanted = state && boundsOf(state, target.workload.kind);
  const lead = winner && wordLead(target, winner);
  const gap = gapOf(decision, view, context);
  const next = clock && nextStretch(clock, view.atMs, target);
  const contested = contestOf(target, policy?.id, context);
  return {
    workload: workloadOf(target),
    ...(winner && { policy: mentionOf(winner) }),
    losers: losers.map(
      (loser): LosingPolicyMention => ({
        ...mentionOf(loser.policy),
        reason: loser.reason,
      }),
    ),
    ...(wanted && { wanted }),
    actual: actualOf(target),
    because: state?.reason ?? sayReport('noPolicy'),
    ...(gap && { gap }),
    ...(lead && { lead }),
    ...(next && { next }),
    ...(override && { override: overrideView(override) }),
    ...(contested && { contested }),
  };
}

/** Whether nothing is to be changed, and nothing is otherwise than it should be. */
export function isAsWanted({ plan }: Decision): boolean {
  return plan.changes.length === 0 && plan.withheld.length === 0;
}

export function mentionOf(policy: Policy): PolicyMention {
  return {
    id: policy.id,
    title: policy.title,
    origin: policy.origin.type,
    mode: policy.mode,
  };
}

export function overrideView(override: StoredOverride): OverrideView {
  const { id, direction, until, by, reason, from } = override;
  return { id, direction, until, by, reason, at: from };
}

function actualOf({
  workload,
  autoscaler,
  replicas,
  readyReplicas,
  suspend,
}: ScalingTarget): InForceRow['actual'] {
  if (workload.kind === 'CronJob') {
    return { suspended: suspend ?? false };
  }
  const own = {
    ...(replicas !== undefined && { replicas }),
    ...(readyReplicas !== undefined && { ready: readyReplicas }),
  };
  if (autoscaler?.type === 'hpa') {
    return {
      floor: autoscaler.minReplicas ?? 1,
      ceiling: autoscaler.maxReplicas,
      ...own,
    };
  }
  if (autoscaler) {
    const { minReplicaCount, maxReplicaCount, paused, pausedReplicas } =
      autoscaler;
    return {
      ...(minReplicaCount !== undefined && { floor: minReplicaCount }),
      ...(maxReplicaCount !== undefined && { ceiling: maxReplicaCount }),
      ...((paused ?? pausedReplicas) !== undefined && { suspended: true }),
      ...own,
    };
  }
  return own;
}

/** Why something is otherwise than it is wanted; undefined = nothing is. */
function gapOf(
  { booked, target, plan, mode, override }: Decision,
  view: FleetView,
  { acting, failed }: InForceContext,
): Said | undefined {
  const { cluster } = target.workload;
  const [unread] = view.unreadOf(target);
  if (unread) {
    return unread.text;
  }
  const tooWeak = view.tooWeakOf(target);
  if (tooWeak) {
    return sayReport('gapAnnotation', { mode: tooWeak });
  }
  if (booked?.pausedUntil && !override) {
    return sayReport('gapPaused', { until: booked.pausedUntil });
  }
  const [withheld] = plan.withheld;
  if (plan.changes.length === 0) {
    return withheld?.text;
  }
  if (!view.cluster(cluster)?.snapshot?.trust.trustworthy) {
    return sayReport('gapCluster', { cluster });
  }
  if (mode === 'observe') {
    return sayReport('gapObserves');
  }
  if (!acting.has(cluster)) {
    return sayReport('gapCannotAct', { cluster });
  }
  const refused = plan.changes
    .map(({ object }) => failed.get(targetKey(object)))
    .find(action => action?.remark);
  if (refused?.remark) {
    return sayReport('gapRefused', { reason: saidPart(refused.remark) });
  }
  return sayReport(mode === 'propose' ? 'gapProposes' : 'gapNext');
}

function contestOf(
  { workload, autoscaler }: ScalingTarget,
  policyId: string | undefined,
  { contests }: InForceContext,
): InForceRow['contested'] {
  if (contests.length === 0) {
    return undefined;
  }
  const keys = [workload, autoscaler?.object].flatMap(object =>
    object ? [targetKey(object)] : [],
  );
  const here = contests.filter(each => keys.includes(each.targetKey));
  const contest = here.find(each => each.policyId === policyId) ?? here[0];
  return contest?.contestedAt
    ? {
        manager: contest.manager,
        since: contest.contestedAt,
        text: sayReport('contested', { manager: contest.manager }),
        patch: contest.mend ?? '',
      }
    : undefined;
}
