import { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import {
  PlanDraft,
  PlanDecision,
  Said,
  StoredAction,
  StoredPlan,
} from '@headroom/common';
import { OvertakenError } from '@headroom/node';
import { Knex } from 'knex';
import { Actuator } from '../actuators';
import { FactSource, GuardLimits } from '../guards';
import { HeldLease, Leases } from '../leases';
import { Contests } from '../stores/Contests';
import { KillSwitches } from '../stores/KillSwitches';
import { LedgerPages } from '../stores/LedgerPages';
import { PlanPages } from '../stores/PlanPages';
import { DEFAULT_LIMITS } from '../guards/defaultLimits';
import { ActionStore } from '../stores/ActionStore';
import { EngineFactStore } from '../stores/EngineFactStore';
import { LedgerStore } from '../stores/LedgerStore';
import { PlanStore } from '../stores/PlanStore';
import { toAction } from '../stores/rows';
import { Applier } from './Applier';
import { Changes } from './Changes';
import { Decisions } from './Decisions';
import { deleteOldPlans, forgetTold } from './Housekeeping';
import { Outcomes } from './Outcomes';
import { PointListener, Reach } from './Reach';
import { Resolutions } from './Resolutions';
import { Reverts } from './Reverts';
import { Settler } from './Settler';
import { RETRY_SECONDS, Submissions } from './Submissions';
import { Undoing } from './Undoing';
import { toApplied, Verification } from './Verification';
import {
  AppliedAction,
  ApplyResult,
  EngineListener,
  RecoverResult,
  RevertReport,
  SubmitResult,
  Verifier,
  VerifyResult,
} from './types';

/** @public */
export interface ActingEngineOptions {
  knex: Knex;
  /** Begins the names of its tables: see `createControllerTables`. */
  prefix: string;
  logger: LoggerService;
  actuators: readonly Actuator[];
  facts: FactSource;
  limits?: Partial<GuardLimits>;
  /** Called after commits. */
  onChange?: EngineListener;
  /** Name of the lease under which it acts. Default: `acting`. */
  leaseName?: string;
  /** Milliseconds that a lease lasts unless it is renewed. Default 30,000. */
  leaseMs?: number;
  /** Milliseconds before its end in which no side effect begins any more. Default 5,000. */
  leaseMarginMs?: number;
  /** Milliseconds one write, or one look, may take. Default 20,000. */
  actuatorTimeoutMs?: number;
  /** Milliseconds after which what can't be reached is tried again. Default 30,000. */
  waitMs?: number;
  /**
   * Where tests stop it.
   *
   * @internal
   */
  at?: PointListener;
}

const ACTUATOR_TIMEOUT_MS = 20_000;
const WAIT_MS = 30_000;

/**
 * The one way in which Headroom changes the outside world: plan → guard → approve →
 * apply → verify → undo, with the ledger. It has no clock but the database's.
 *
 * @public
 */
export class ActingEngine {
  /** What pages read. */
  readonly plans: PlanPages;
  readonly ledger: LedgerPages;
  readonly killSwitches: KillSwitches;
  readonly contests: Contests;
  readonly #knex: Knex;
  readonly #prefix: string;
  readonly #logger: LoggerService;
  readonly #leases: Leases;
  readonly #actions: ActionStore;
  readonly #submissions: Submissions;
  readonly #decisions: Decisions;
  readonly #settler: Settler;
  readonly #applier: Applier;
  readonly #verification: Verification;
  readonly #undoing: Undoing;
  readonly #reverts: Reverts;
  readonly #resolutions: Resolutions;

  static create(options: ActingEngineOptions): ActingEngine {
    return new ActingEngine(options);
  }

  private constructor({
    knex,
    prefix,
    logger,
    actuators,
    facts,
    limits: given,
    onChange,
    leaseName = 'acting',
    leaseMs,
    leaseMarginMs,
    actuatorTimeoutMs: timeoutMs = ACTUATOR_TIMEOUT_MS,
    waitMs = WAIT_MS,
    at = async () => {},
  }: ActingEngineOptions) {
    this.#knex = knex;
    this.#prefix = prefix;
    this.#logger = logger;
    const limits = { ...DEFAULT_LIMITS, ...given };
    const changes = Changes.create({ logger, listener: onChange });
    const plans = PlanStore.create({ prefix });
    const actions = ActionStore.create({ prefix });
    const ledger = LedgerStore.create({ prefix });
    const engineFacts = EngineFactStore.create({ prefix });
    const outcomes = Outcomes.create({ actions, ledger });
    const reach = Reach.create({ actuators, timeoutMs });
    this.plans = PlanPages.create({ knex, prefix });
    this.ledger = LedgerPages.create({ knex, prefix });
    this.killSwitches = KillSwitches.create({
      knex,
      prefix,
      onChange: entityRef =>
        changes.tell({
          what: 'kill-switch',
          ...(entityRef !== undefined && { entityRef }),
        }),
    });
    this.contests = Contests.create({
      knex,
      prefix,
      onChange: policyId => changes.tell({ what: 'uncontested', policyId }),
    });
    const { contests } = this;
    this.#actions = actions;
    this.#leases = Leases.create({
      knex,
      prefix,
      name: leaseName,
      ttlMs: leaseMs,
      marginMs: leaseMarginMs,
    });
    this.#undoing = Undoing.create({ knex, actions, plans, changes });
    this.#decisions = Decisions.create({ knex, prefix, plans, changes });
    this.#submissions = Submissions.create({
      knex,
      plans,
      engineFacts,
      facts,
      limits,
      changes,
    });
    this.#settler = Settler.create({
      knex,
      actions,
      outcomes,
      reach,
      engineFacts,
      changes,
      at,
    });
    this.#applier = Applier.create({
      knex,
      plans,
      actions,
      engineFacts,
      outcomes,
      reach,
      settler: this.#settler,
      facts,
      limits,
      changes,
      waitMs,
      at,
    });
    this.#reverts = Reverts.create({
      knex,
      actions,
      contests,
      ledger,
      limits,
      changes,
    });
    this.#verification = Verification.create({
      knex,
      actions,
      contests,
      ledger,
      reach,
      reverts: this.#reverts,
      undoing: this.#undoing,
      changes,
    });
    this.#resolutions = Resolutions.create({
      knex,
      actions,
      ledger,
      outcomes,
      changes,
    });
  }

  /**
   * Works under the lease, if no other process has it. First of all intents without
   * outcome are recovered.
   *
   * @param work - may call what takes a lease; its signal aborts when the lease is lost
   * @returns what work does; undefined when another process leads.
   */
  async lead<T>(
    signal: AbortSignal,
    work: (lease: HeldLease, signal: AbortSignal) => Promise<T>,
  ): Promise<T | undefined> {
    try {
      return await this.#leases.hold(signal, async (lease, held) => {
        await this.recover(lease, { signal: held });
        return work(lease, held);
      });
    } catch (error) {
      if (!(error instanceof OvertakenError)) {
        throw error;
      }
      this.#logger.info(error.message);
      return undefined;
    }
  }

  /**
   * Stores what controllers want. A draft says all that is wanted for its policy on
   * its cluster: what was planned before and isn't in it is superseded; a draft without
   * actions wants nothing. The same plan again keeps its approval.
   *
   * `lease`: under which it was planned; absent when a person asks
   * @returns ids of new plans in the order of the drafts that made them, and counts.
   */
  async submit(
    drafts: readonly PlanDraft[],
    options: { signal: AbortSignal; lease?: HeldLease },
  ): Promise<SubmitResult> {
    return this.#submissions.submit(drafts, options);
  }

  /**
   * A person's yes or no to the plan of a hash.
   *
   * @throws NotFoundError; ConflictError when the plan is another by now, over or
   * expired; NotAllowedError when who asked for it approves it, and two persons must.
   */
  async decide(
    planId: string,
    decision: Pick<PlanDecision, 'decision' | 'hash' | 'by' | 'reason'>,
  ): Promise<StoredPlan> {
    await this.#decisions.decide(planId, decision);
    return this.#planOf(planId);
  }

  /** Looks what became of intents without outcome. */
  async recover(
    lease: HeldLease,
    options: { signal: AbortSignal },
  ): Promise<RecoverResult> {
    const result: RecoverResult = {
      done: 0,
      notDone: 0,
      unresolved: 0,
      open: 0,
    };
    for (const record of await this.#actions.intended(this.#knex)) {
      options.signal.throwIfAborted();
      result[await this.#settler.settle(lease, record, options.signal)] += 1;
    }
    return result;
  }

  /** Does what is approved and what no guard is against. */
  async apply(
    lease: HeldLease,
    options: { signal: AbortSignal },
  ): Promise<ApplyResult> {
    return this.#applier.apply(lease, options.signal);
  }

  /** Asks about what has settled, and takes back what went wrong. */
  async verify(
    lease: HeldLease,
    verifier: Verifier,
    options: { signal: AbortSignal },
  ): Promise<VerifyResult> {
    return this.#verification.verify(lease, verifier, options.signal);
  }

  /** Writes of the last so many seconds, to be compared with what is there. */
  async appliedWithin(seconds: number): Promise<AppliedAction[]> {
    const records = await this.#actions.appliedWithin(this.#knex, seconds);
    const ages = await this.#actions.ages(this.#knex, records);
    return records.map(record =>
      toApplied(record, ages.get(record.row.id) ?? 0),
    );
  }

  /** What was refused and is not tried again yet, the newest last. */
  async failed(): Promise<StoredAction[]> {
    const records = await this.#actions.failedWithin(this.#knex, RETRY_SECONDS);
    return records.map(({ row }) => toAction(row));
  }

  /** Notes that others took back what was written; contested after several times in a row. */
  async noticeReverts(reports: readonly RevertReport[]): Promise<void> {
    await this.#reverts.notice(reports);
  }

  /**
   * Takes an action back, where the fields still have what it wrote. The undo is an
   * action of its own, done when the next one leads.
   *
   * @returns the plan of the undo.
   * @throws NotFoundError; ConflictError when there is nothing to take back, or it is
   * being taken back already.
   */
  async undo(
    actionId: string,
    request: { by: string; reason: Said },
  ): Promise<StoredPlan> {
    const planId = await this.#undoing.begin(actionId, request);
    if (planId === undefined) {
      throw new ConflictError('The action is being taken back already');
    }
    return this.#planOf(planId);
  }

  /**
   * A person says what became of an action that nobody could tell of.
   *
   * @throws NotFoundError; ConflictError when it is not unresolved.
   */
  async resolve(
    actionId: string,
    happened: { done: boolean; by: string; reason: string },
  ): Promise<void> {
    await this.#resolutions.resolve(actionId, happened);
  }

  /**
   * True once for a key, in all processes: for what is to be told once.
   *
   * @param tx - in which what is told is written down
   */
  async once(key: string, tx: Knex = this.#knex): Promise<boolean> {
    const { rows } = await tx.raw(
      'INSERT INTO ?? (key) VALUES (?) ON CONFLICT DO NOTHING RETURNING 1',
      [`${this.#prefix}_told`, key],
    );
    return rows.length > 0;
  }

  /** Deletes plans that never did anything. The ledger is kept. */
  async housekeep(): Promise<{ plans: number }> {
    await forgetTold(this.#knex, this.#prefix);
    return { plans: await deleteOldPlans(this.#knex, this.#prefix) };
  }

  async #planOf(planId: string): Promise<StoredPlan> {
    const plan = await this.plans.get(planId);
    if (!plan) {
      throw new ConflictError('The plan was deleted meanwhile');
    }
    return plan;
  }
}
