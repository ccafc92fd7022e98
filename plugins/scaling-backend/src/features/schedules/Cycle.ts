import { LoggerService } from '@backstage/backend-plugin-api';
import {
  ActingEngine,
  HeldLease,
  Verifier,
} from '@headroom/plugin-controllers-node';
import { ScalingConfig } from '../../core/config/ScalingConfig';
import { Fleet } from '../../core/fleet/Fleet';
import { Notices } from '../../core/Notices';
import { tellOfPlan } from '../../core/tellOfPlan';
import { PlanningStore } from '../../database/PlanningStore';
import { findReverts } from './findReverts';
import { BESIDE, planDrafts, SCHEDULES } from './planDrafts';
import { WorkloadCosts } from './WorkloadCosts';

/** @internal */
export interface CycleOptions {
  config: ScalingConfig;
  engine: ActingEngine;
  fleet: Fleet;
  notices: Notices;
  planning: PlanningStore;
  costs: Pick<WorkloadCosts, 'of' | 'read'>;
  /** By controller; what has none is verified when it has settled. */
  verifiers: ReadonlyMap<string, Verifier>;
  logger: LoggerService;
}

/** What one round came to. */
export interface CycleResult {
  policies: number;
  objects: number;
  drafts: number;
  applied: number;
}

/** Plans that wait may be many; owners of so many are told in one round, of others in the next. */
const MOST_TOLD = 200;

/**
 * One round of the controller, by whichever process has the lease: look, plan, ask
 * the guards, do what is approved, and look what became of it.
 */
export class Cycle {
  readonly #options: CycleOptions;

  static create(options: CycleOptions): Cycle {
    return new Cycle(options);
  }

  private constructor(options: CycleOptions) {
    this.#options = options;
  }

  /** @returns undefined when another process leads. */
  async run(signal: AbortSignal): Promise<CycleResult | undefined> {
    return this.#options.engine.lead(signal, (lease, held) =>
      this.#round(lease, held),
    );
  }

  async #round(lease: HeldLease, signal: AbortSignal): Promise<CycleResult> {
    const { config, costs, engine, fleet, planning, verifiers } = this.#options;
    const view = await fleet.look();
    const applied = await engine.appliedWithin(
      config.limits.contested.withinSeconds,
    );
    await engine.noticeReverts(findReverts(applied, view));
    const bounded = [...view.book.all].flatMap(({ policy }) =>
      policy.limits.actionsPerDay === undefined ? [] : [policy.id],
    );
    const drafts = await planDrafts(view, {
      open: await planning.open([SCHEDULES, BESIDE]),
      writesOfDay: await planning.writesOfDay(bounded),
      undoneKeys: ids => planning.undoneKeys(ids),
      costs,
      signal,
    });
    await engine.submit(drafts, { lease, signal });
    // Also of what waited for a guard, or for a yes, until now.
    await this.#tellOwners(await planning.firstActions(), signal);
    const done = await engine.apply(lease, { signal });
    await engine.verify(
      lease,
      (action, context) =>
        verifiers.get(action.controller)?.(action, context) ??
        Promise.resolve({ outcome: 'ok' }),
      { signal },
    );
    if (done.applied > 0) {
      fleet.forget();
    }
    await this.#tellOwners(await planning.untoldWaiting(MOST_TOLD), signal);
    return {
      policies: view.book.size,
      objects: view.clusters.reduce(
        (sum, { targets }) => sum + targets.length,
        0,
      ),
      drafts: drafts.length,
      applied: done.applied,
    };
  }

  async #tellOwners(
    planIds: readonly string[],
    signal: AbortSignal,
  ): Promise<void> {
    const { engine } = this.#options;
    for (const id of planIds) {
      signal.throwIfAborted();
      const plan = await engine.plans.get(id);
      if (plan) {
        await tellOfPlan(plan, this.#options);
      }
    }
  }
}
