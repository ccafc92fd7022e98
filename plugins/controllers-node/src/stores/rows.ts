import {
  ActingMode,
  ActionState,
  PlanDecision,
  PlannedAction,
  Said,
  StoredAction,
  StoredPlan,
  Veto,
} from '@headroom/common';
import { toIso } from '@headroom/node';
import { Contest, KillSwitch } from '../guards/facts';

/** A row of `<prefix>_plans`. */
export interface PlanRow {
  id: string;
  sequence: string;
  controller: string;
  policy_id: string;
  policy_title: string;
  cluster: string;
  mode: ActingMode;
  requested_by: string | null;
  two_persons: boolean;
  planned_for: Date;
  valid_seconds: number;
  hash: string;
  created_at: Date;
  expires_at: Date;
  closed_at: Date | null;
  undo_of: string | null;
}

/** A row of `<prefix>_actions`. */
export interface ActionRow {
  id: string;
  plan_id: string;
  position: number;
  planned: PlannedAction;
  text_hash: string;
  target_key: string;
  cluster: string | null;
  namespace: string | null;
  subject: string;
  entity_ref: string | null;
  state: ActionState;
  state_since: Date;
  vetoes: Veto[];
  remark: Said | null;
  mend: string | null;
  not_before: Date | null;
  attempts: number;
  intent_token: string | null;
  intent_version: string | null;
  intent_at: Date | null;
  applied_at: Date | null;
  applied_token: string | null;
  result_version: string | null;
  link: string | null;
  undo_of: string | null;
  /** `undo`: by an action of its own; `reverted`: by somebody else. */
  undone_how: 'undo' | 'reverted' | null;
}

/** The last row of `<prefix>_decisions` of a plan. */
export interface DecisionRow {
  plan_id: string;
  decision: PlanDecision['decision'];
  hash: string;
  by_ref: string;
  at: Date;
  reason: string | null;
}

export function toAction(row: ActionRow): StoredAction {
  return {
    ...row.planned,
    id: row.id,
    state: row.state,
    vetoes: row.vetoes,
    stateSince: toIso(row.state_since)!,
    ...(row.remark !== null && { remark: row.remark }),
    ...(row.mend !== null && { mend: row.mend }),
    ...(row.applied_at !== null && { appliedAt: toIso(row.applied_at) }),
    ...(row.link !== null && { link: row.link }),
    ...(row.undo_of !== null && { undoOf: row.undo_of }),
  };
}

export function toPlan(
  row: PlanRow,
  actions: readonly ActionRow[],
  decision: DecisionRow | undefined,
): StoredPlan {
  return {
    id: row.id,
    controller: row.controller,
    policyId: row.policy_id,
    policyTitle: row.policy_title,
    ...(row.cluster !== '' && { cluster: row.cluster }),
    mode: row.mode,
    ...(row.requested_by !== null && { requestedBy: row.requested_by }),
    twoPersons: row.two_persons,
    at: toIso(row.planned_for)!,
    validSeconds: row.valid_seconds,
    hash: row.hash,
    createdAt: toIso(row.created_at)!,
    expiresAt: toIso(row.expires_at)!,
    current: row.closed_at === null,
    ...(decision && { decision: toDecision(decision) }),
    actions: actions.map(toAction),
  };
}

function toDecision(row: DecisionRow): PlanDecision {
  return {
    decision: row.decision,
    by: row.by_ref,
    at: toIso(row.at)!,
    hash: row.hash,
    ...(row.reason !== null && { reason: row.reason }),
  };
}

/** A row of `<prefix>_kill_switches`. */
export interface KillSwitchRow {
  entity_ref: string;
  is_on: boolean;
  by_ref: string;
  at: Date;
  reason: string;
}

export function toKillSwitch(row: KillSwitchRow): KillSwitch {
  return {
    ...(row.entity_ref !== '' && { entityRef: row.entity_ref }),
    on: row.is_on,
    by: row.by_ref,
    at: toIso(row.at)!,
    reason: row.reason,
  };
}

/** A row of `<prefix>_contests`. */
export interface ContestRow {
  policy_id: string;
  target_key: string;
  subject: string;
  entity_ref: string | null;
  manager: string;
  reverts: number;
  contested_at: Date | null;
  mend: string | null;
}

export function toContest(row: ContestRow): Contest {
  return {
    policyId: row.policy_id,
    targetKey: row.target_key,
    subject: row.subject,
    ...(row.entity_ref !== null && { entityRef: row.entity_ref }),
    manager: row.manager,
    reverts: row.reverts,
    ...(row.contested_at !== null && { contestedAt: toIso(row.contested_at) }),
    ...(row.mend !== null && { mend: row.mend }),
  };
}
