import { Veto } from '@headroom/common';
import { mostOf } from '../guards/blastRadius';
import { takesCapacity } from '../guards/direction';
import { EngineFacts, GuardedAction, WorldFacts } from '../guards/facts';
import { GuardLimits } from '../guards/GuardLimits';
import { ActionRecord } from '../stores/ActionStore';
import { Wish } from './wishes';

/** What guards are told of an action. */
export function guardedOf({ row, plan }: ActionRecord): GuardedAction {
  return {
    id: row.id,
    controller: plan.controller,
    policyId: plan.policy_id,
    mode: plan.mode,
    action: row.planned,
    ...(row.undo_of !== null && { undoOf: row.undo_of }),
  };
}

/** What an action is together with others of its round. */
export function wishOf(record: ActionRecord): Wish {
  const { plan } = record;
  return {
    asked: guardedOf(record),
    policyTitle: plan.policy_title,
    together: plan.mode === 'enforce' ? 'enforced' : 'approved',
  };
}

/** Of what persons approved one by one so much as one run may do; the rest waits for the next. */
export function pick(
  due: readonly ActionRecord[],
  {
    world,
    engine,
    limits: { blastRadius },
  }: { world: WorldFacts; engine: EngineFacts; limits: GuardLimits },
): ActionRecord[] {
  const picked = new Map<string, Set<string>>();
  return due.filter(({ row, plan }) => {
    const { target } = row.planned;
    if (
      target.type !== 'kubernetes' ||
      plan.mode === 'enforce' ||
      !takesCapacity(row.planned)
    ) {
      return true;
    }
    const { cluster } = target;
    const fleet = world.inventories.get(cluster)?.workloads ?? 0;
    const { perRun, perDay, atLeast } = blastRadius;
    const today = engine.takenToday.get(cluster) ?? new Set();
    const subjects = picked.get(cluster) ?? new Set();
    picked.set(cluster, subjects);
    const { subject } = row.planned;
    const anew = [...subjects].filter(each => !today.has(each)).length;
    // One more is asked about, so that it is said why it waits.
    const mostAnew = Math.max(1, mostOf(perDay, fleet, atLeast) - today.size);
    const isPicked =
      subjects.has(subject) ||
      (subjects.size < mostOf(perRun, fleet, atLeast) &&
        (today.has(subject) || anew < mostAnew));
    if (isPicked) {
      subjects.add(subject);
    }
    return isPicked;
  });
}

/** What keeps one action of a group keeps all: half of a change is none. */
export function withPartners<
  T extends { record: ActionRecord; vetoes: readonly Veto[] },
>(asked: readonly T[]): T[] {
  const keyOf = ({ record: { row, plan } }: T) =>
    row.planned.group === undefined || row.undo_of !== null
      ? undefined
      : JSON.stringify([plan.id, row.planned.group]);
  const byGroup = new Map<string, readonly Veto[]>();
  for (const each of asked) {
    const key = keyOf(each);
    if (key !== undefined && each.vetoes.length > 0 && !byGroup.has(key)) {
      byGroup.set(key, each.vetoes);
    }
  }
  return asked.map(each => {
    const theirs = byGroup.get(keyOf(each) ?? '');
    return theirs && each.vetoes.length === 0
      ? { ...each, vetoes: theirs }
      : each;
  });
}

/** Its hash was approved by somebody who may, or its mode needs no approval. */
export function isApproved({ plan, decision }: ActionRecord): boolean {
  if (plan.mode === 'enforce') {
    return true;
  }
  return (
    plan.mode === 'propose' &&
    decision?.decision === 'approved' &&
    decision.hash === plan.hash &&
    !(plan.two_persons && decision.by_ref === plan.requested_by)
  );
}
