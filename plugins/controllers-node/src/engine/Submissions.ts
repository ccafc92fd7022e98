import {
  ActionState,
  PlanDraft,
  PlannedAction,
  Said,
  sayActing,
  targetKey,
  Veto,
} from '@headroom/common';
import { Knex } from 'knex';
import { askGuards } from '../guards/askGuards';
import { FactSource, GuardedAction, WorldFacts } from '../guards/facts';
import { GuardLimits } from '../guards/GuardLimits';
import { HeldLease } from '../leases';
import { EngineFactStore } from '../stores/EngineFactStore';
import {
  ActionRefresh,
  isFresh,
  NewPlan,
  OPEN_STATES,
  PlanRecord,
  PlanStore,
} from '../stores/PlanStore';
import { ActionRow } from '../stores/rows';
import { Changes } from './Changes';
import { actionHash, planHash } from './planHash';
import { EngineChange, SubmitResult } from './types';
import { NO_WORLD, runFactsOf, Wish } from './wishes';

/** What was refused is planned anew after so long. */
export const RETRY_SECONDS = 15 * 60;

export interface SubmissionsOptions {
  knex: Knex;
  plans: PlanStore;
  engineFacts: EngineFactStore;
  facts: FactSource;
  limits: GuardLimits;
  changes: Changes;
}

/** A draft, without what is being done already. */
interface Wanted {
  draft: PlanDraft;
  /** With the hash of each, in their order. */
  actions: Array<{ planned: PlannedAction; textHash: string }>;
  current?: PlanRecord;
  /** The current plan says the same. */
  isKept: boolean;
}

/** Makes plans of drafts: guards are asked, and what was planned before is kept or ended. */
export class Submissions {
  readonly #options: SubmissionsOptions;

  static create(options: SubmissionsOptions) {
    return new Submissions(options);
  }

  private constructor(options: SubmissionsOptions) {
    this.#options = options;
  }

  async submit(
    drafts: readonly PlanDraft[],
    { signal, lease }: { signal: AbortSignal; lease?: HeldLease },
  ): Promise<SubmitResult> {
    refuseTwice(drafts);
    const { facts, knex, changes } = this.#options;
    const asked = drafts.flatMap(draft =>
      draft.actions.map(action => guardedOf(draft, action)),
    );
    const world =
      asked.length > 0
        ? await facts(asked, { moment: 'planning', signal })
        : NO_WORLD;
    const work = (tx: Knex) => this.#store(tx, drafts, world);
    const { result, told } = await (lease
      ? lease.write(work)
      : knex.transaction(work));
    changes.tell(...told);
    return result;
  }

  async #store(tx: Knex, drafts: readonly PlanDraft[], world: WorldFacts) {
    const { plans } = this.#options;
    await plans.lock(
      tx,
      drafts.map(({ controller }) => controller),
    );
    const expired = await plans.close(
      tx,
      await plans.overdue(tx),
      'expired',
      sayActing('planExpired'),
    );
    const wanted = await this.#compare(tx, drafts);
    const dropped = wanted.filter(({ current, isKept }) => current && !isKept);
    const close = (ended: readonly Wanted[], remark: Said) =>
      plans.close(
        tx,
        ended.map(({ current }) => current!.plan.id),
        'superseded',
        remark,
      );
    const superseded = [
      ...(await close(
        dropped.filter(({ actions }) => actions.length === 0),
        sayActing('notWanted'),
      )),
      ...(await close(
        dropped.filter(({ actions }) => actions.length > 0),
        sayActing('superseded'),
      )),
    ];
    const asked = await this.#ask(tx, wanted, world);
    const vetoed = withVetoes(wanted, asked);
    const made: NewPlan[] = [];
    const refreshes: ActionRefresh[] = [];
    for (const { draft, actions: its, current, isKept } of vetoed) {
      if (isKept && current) {
        refreshes.push(...refreshesOf(draft, its, current));
      } else if (its.length > 0) {
        made.push({
          draft,
          hash: planHash({ ...draft, actions: its.map(each => each.planned) }),
          actions: its.map(each => ({
            ...each,
            state: stateOf(draft, each.vetoes, false),
          })),
        });
      }
    }
    const created = await plans.insert(tx, made);
    await plans.refresh(tx, refreshes);
    const told: EngineChange[] = [
      ...expired.map(row => ({ what: 'expired' as const, ...toldOf(row) })),
      ...superseded.map(row => ({
        what: 'superseded' as const,
        ...toldOf(row),
      })),
      ...created.map((planId, index) => ({
        what: 'planned' as const,
        planId,
        policyId: made[index].draft.policyId,
      })),
    ];
    const result: SubmitResult = {
      created,
      kept: wanted.filter(({ isKept, current }) => isKept && current).length,
      superseded: new Set(superseded.map(row => row.plan_id)).size,
      vetoed: asked.filter(each => each.length > 0).length,
    };
    return { result, told };
  }

  /** Sets drafts against what is current, leaving out what is being done. */
  async #compare(tx: Knex, drafts: readonly PlanDraft[]): Promise<Wanted[]> {
    const { plans } = this.#options;
    const records = await plans.current(
      tx,
      drafts.map(({ controller }) => controller),
      drafts.map(({ policyId }) => policyId),
    );
    const current = new Map(
      records.map(record => [
        keyOf({ ...draftKeyOf(record), cluster: record.plan.cluster }),
        record,
      ]),
    );
    const hashed = drafts.map(draft =>
      draft.actions.map(planned => ({
        planned,
        textHash: actionHash(draft, planned),
      })),
    );
    const hashes = hashed.flat().map(({ textHash }) => textHash);
    const settled =
      hashes.length > 0
        ? await plans.settledWishes(tx, hashes, RETRY_SECONDS)
        : new Set<string>();
    return drafts.map((draft, at) => {
      const seen = new Set(settled);
      const actions = hashed[at].filter(
        ({ textHash }) => !seen.has(textHash) && seen.add(textHash),
      );
      const record = current.get(keyOf(draft));
      return {
        draft,
        actions,
        current: record,
        isKept:
          record !== undefined &&
          // Also when all of it is being done: it may turn out not to have been.
          draft.actions.length > 0 &&
          saysTheSame(record, draft, actions),
      };
    });
  }

  async #ask(
    tx: Knex,
    wanted: readonly Wanted[],
    world: WorldFacts,
  ): Promise<Veto[][]> {
    const { engineFacts, limits } = this.#options;
    const wishes = wanted.flatMap(({ draft, actions }, at) =>
      actions.map(
        ({ planned }): Wish => ({
          asked: guardedOf(draft, planned),
          policyTitle: draft.policyTitle,
          together: draft.mode === 'enforce' ? 'enforced' : `plan ${at}`,
        }),
      ),
    );
    if (wishes.length === 0) {
      return [];
    }
    const engine = await engineFacts.read(
      tx,
      wishes.map(({ asked }) => targetKey(asked.action.target)),
    );
    const runs = runFactsOf(wishes, engine.takenToday);
    return wishes.map(({ asked }, at) =>
      askGuards({ asked, world, engine, limits, run: runs[at] }),
    );
  }
}

/** Each wanted action with what the guards say of it, who were asked in the same order. */
function withVetoes(wanted: readonly Wanted[], vetoes: readonly Veto[][]) {
  const left = [...vetoes].reverse();
  return wanted.map(each => ({
    ...each,
    actions: each.actions.map(action => ({
      ...action,
      vetoes: left.pop() ?? [],
    })),
  }));
}

/** The state of an action that nothing was done about yet. */
export function stateOf(
  { mode }: Pick<PlanDraft, 'mode'>,
  vetoes: readonly Veto[],
  isApproved: boolean,
): ActionState {
  if (vetoes.length > 0) {
    return 'vetoed';
  }
  if (mode === 'observe') {
    return 'planned';
  }
  return mode === 'enforce' || isApproved ? 'approved' : 'waiting';
}

function guardedOf(draft: PlanDraft, action: PlannedAction): GuardedAction {
  const { controller, policyId, mode } = draft;
  return { controller, policyId, mode, action };
}

/** Of a policy on a cluster one plan is current. */
function keyOf({
  controller,
  policyId,
  cluster = '',
}: Pick<PlanDraft, 'controller' | 'policyId' | 'cluster'>): string {
  return JSON.stringify([controller, policyId, cluster]);
}

function draftKeyOf({ plan }: PlanRecord) {
  return { controller: plan.controller, policyId: plan.policy_id };
}

function refuseTwice(drafts: readonly PlanDraft[]): void {
  const keys = new Set(drafts.map(keyOf));
  if (keys.size < drafts.length) {
    throw new TypeError(
      'Two drafts are for the same policy and cluster: one draft says all that is wanted for it',
    );
  }
}

/** Whether a plan is what a draft wants, with what nobody has begun, and what was rejected. */
function saysTheSame(
  { plan, actions }: PlanRecord,
  draft: PlanDraft,
  wanted: ReadonlyArray<{ textHash: string }>,
): boolean {
  const open = actions
    .filter(({ state }) => isOpen(state) || state === 'rejected')
    .map(row => row.text_hash);
  const hashes = new Set(wanted.map(({ textHash }) => textHash));
  return (
    plan.mode === draft.mode &&
    plan.two_persons === draft.twoPersons &&
    (plan.requested_by ?? undefined) === draft.requestedBy &&
    open.length === hashes.size &&
    open.every(hash => hashes.has(hash))
  );
}

function isOpen(state: ActionState): boolean {
  return OPEN_STATES.includes(state);
}

function refreshesOf(
  draft: PlanDraft,
  wanted: ReadonlyArray<{
    planned: PlannedAction;
    textHash: string;
    vetoes: readonly Veto[];
  }>,
  { plan, actions, decision }: PlanRecord,
): ActionRefresh[] {
  const isApproved =
    decision?.decision === 'approved' && decision.hash === plan.hash;
  const rows = new Map<string, ActionRow>(
    actions
      .filter(({ state }) => isOpen(state))
      .map(row => [row.text_hash, row]),
  );
  return wanted.flatMap(({ planned, textHash, vetoes }) => {
    const row = rows.get(textHash);
    const refresh = row && {
      id: row.id,
      planned,
      vetoes,
      state: stateOf(draft, vetoes, isApproved),
    };
    return row && refresh && !isFresh(row, refresh) ? [refresh] : [];
  });
}

function toldOf(row: {
  id: string;
  plan_id: string;
  entity_ref: string | null;
}): Partial<EngineChange> {
  return {
    planId: row.plan_id,
    actionId: row.id,
    ...(row.entity_ref !== null && { entityRef: row.entity_ref }),
  };
}
