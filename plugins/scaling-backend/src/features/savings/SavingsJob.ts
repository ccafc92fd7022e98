import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { Fence, Turn } from '@headroom/node';
import { ActingEngine } from '@headroom/plugin-controllers-node';
import { CostApi } from '@headroom/plugin-cost-common';
import {
  EffectOnWorkload,
  EffectsOnWorkload,
  measureSaving,
  wordSaving,
} from '@headroom/plugin-scaling-common';
import { SavingStore, StoredSaving } from '../../database/SavingStore';
import { Breather } from '../../core/Breather';
import { DueWorkload, dueOf, wantedHoursOf } from './dueWorkloads';
import { AboutEffect, keyOf, LedgerSoFar } from './LedgerSoFar';
import { batchesOf, CostOfWorkload, readCostHours } from './readCostHours';

/**
 * Hours that are read in a run, of all workloads together: a hundred workloads' whole
 * year. Where there are more, each has its turn.
 */
const HOURS_A_RUN = 1_000_000;

/** What is asked of policies and clusters, as they are at the beginning of a run. */
export interface PoliciesNow {
  /** Undefined = there is no such policy any more. */
  titleOf: (policyId: string) => string | undefined;
  /** In which its hours of the week are compared; an IANA name. */
  zoneOf: (policyId: string) => string;
  /** Whether the objects on which it holds are known not to be there any more. */
  isGone: (effect: EffectOnWorkload) => boolean;
}

/** @internal */
export interface SavingsJobOptions {
  auth: AuthService;
  costs: Pick<CostApi, 'getWorkloadHours'>;
  engine: Pick<ActingEngine, 'ledger' | 'plans'>;
  fence: Fence;
  logger: LoggerService;
  savings: SavingStore;
  policies: () => Promise<PoliciesNow>;
  /** Default: a million. */
  hoursARun?: number;
  now: () => Date;
}

/**
 * Measures what was saved: when things held is read off the ledger, what workloads
 * cost is asked of the cost back end, hour by hour, for many workloads at a time. While that can't be asked, or once
 * the past of before the first action isn't kept any more, what was measured last stays;
 * so does that of workloads whose turn it isn't yet.
 */
export class SavingsJob {
  readonly #options: SavingsJobOptions;
  readonly #ledger: LedgerSoFar;

  static create(options: SavingsJobOptions): SavingsJob {
    return new SavingsJob(options);
  }

  private constructor(options: SavingsJobOptions) {
    this.#options = options;
    this.#ledger = LedgerSoFar.create(options.engine);
  }

  async run({ signal }: Pick<Turn, 'signal'>): Promise<void> {
    const { savings, fence, now } = this.#options;
    const at = now().getTime();
    const policies = await this.#options.policies();
    const { effects, about } = await this.#ledger.until(at, signal);
    const workloads: EffectsOnWorkload[] = [];
    const breather = Breather.create();
    for (const workload of effects.until(at)) {
      workloads.push(workload);
      await breather.breathe();
    }
    signal.throwIfAborted();
    const rows = await this.#describe(workloads, about, policies);
    await this.#measureDue(workloads, { rows, policies, at, signal });
    await savings.replaceAll([...rows.values()], fence);
  }

  /** Rows as they were measured last, about what the ledger says now. */
  async #describe(
    workloads: readonly EffectsOnWorkload[],
    about: ReadonlyMap<string, AboutEffect>,
    policies: PoliciesNow,
  ): Promise<Map<string, StoredSaving>> {
    const { savings, engine } = this.#options;
    const known = new Map(
      (await savings.list()).map(saving => [keyOf(saving), saving]),
    );
    const effects = workloads.flatMap(workload => workload.effects);
    // The ledger outlives policies.
    const titled = (effect: EffectOnWorkload) =>
      policies.titleOf(effect.policyId) ??
      titleBefore(known.get(keyOf(effect)));
    const titles = await engine.plans.policyTitles(
      effects
        .filter(effect => titled(effect) === undefined)
        .map(effect => about.get(keyOf(effect))!.planId),
    );
    const breather = Breather.create();
    const rows = new Map<string, StoredSaving>();
    for (const effect of effects) {
      const key = keyOf(effect);
      const before = known.get(key);
      const { planId, entityRef, expectedPerHour } = about.get(key)!;
      rows.set(key, {
        controller: effect.controller,
        policyId: effect.policyId,
        policyTitle: titled(effect) ?? titles.get(planId) ?? effect.policyId,
        cluster: effect.cluster,
        subject: effect.subject,
        ...(entityRef && { entityRef }),
        actions: effect.actions,
        since: new Date(effect.since).toISOString(),
        inEffect: effect.inEffect,
        ...(expectedPerHour !== undefined && { expectedPerHour }),
        ...kept(before),
        remark: before?.remark ?? wordSaving('waits'),
        measuredAt: before?.measuredAt ?? 0,
      });
      await breather.breathe();
    }
    return rows;
  }

  async #measureDue(
    workloads: readonly EffectsOnWorkload[],
    { rows, policies, at, signal }: Measuring,
  ): Promise<void> {
    const breather = Breather.create();
    const standing: DueWorkload[] = [];
    for (const workload of workloads) {
      const effects = workload.effects.filter(effect => {
        const isGone = effect.inEffect && policies.isGone(effect);
        if (isGone) {
          // What isn't there costs nothing, and that isn't what was done.
          const row = rows.get(keyOf(effect))!;
          row.inEffect = false;
          row.remark = wordSaving('gone');
        }
        return !isGone;
      });
      if (effects.length > 0) {
        standing.push(wantedHoursOf({ ...workload, effects }, at));
      }
      await breather.breathe();
    }
    const due = dueOf(
      standing,
      ({ workload }) =>
        Math.min(
          ...workload.effects.map(
            effect => rows.get(keyOf(effect))!.measuredAt,
          ),
        ),
      { now: at, mostHours: this.#options.hoursARun ?? HOURS_A_RUN },
    );
    for (const batch of batchesOf(due, at)) {
      const costs = await this.#readCosts(batch, at, signal);
      for (const [index, { workload }] of batch.entries()) {
        const cost = costs instanceof Error ? costs : costs[index];
        for (const effect of workload.effects) {
          const row = rows.get(keyOf(effect))!;
          const zone = policies.zoneOf(effect.policyId);
          Object.assign(row, resultOf(workload, effect, { cost, zone, at }));
        }
        await breather.breathe();
      }
    }
  }

  async #readCosts(
    batch: readonly DueWorkload[],
    to: number,
    signal: AbortSignal,
  ): Promise<CostOfWorkload[] | Error> {
    try {
      return await readCostHours(this.#options, batch, { to, signal });
    } catch (error) {
      signal.throwIfAborted();
      const why = toError(error);
      this.#options.logger.warn(
        `The hours of ${batch.length} workloads could not be read: ${why.message}`,
      );
      return why;
    }
  }
}

interface Measuring {
  rows: ReadonlyMap<string, StoredSaving>;
  policies: PoliciesNow;
  at: number;
  signal: AbortSignal;
}

/** What is changed of a row by measuring it. */
function resultOf(
  { since, stretchesOf }: EffectsOnWorkload,
  effect: EffectOnWorkload,
  {
    cost,
    zone,
    at,
  }: { cost: CostOfWorkload | Error; zone: string; at: number },
): Partial<StoredSaving> {
  if (cost instanceof Error) {
    return { remark: wordSaving('noCosts', { why: cost.message }) };
  }
  const { currency, hours } = cost;
  const result = measureSaving({
    hours,
    stretches: stretchesOf(effect),
    firstAction: since,
    zone,
  });
  switch (result.kind) {
    case 'no-baseline':
      return {
        measuredAt: at,
        remark: wordSaving('noBaseline', {
          count: result.days,
          needed: result.needed,
        }),
      };
    case 'too-few-hours':
      return {
        measuredAt: at,
        measured: undefined,
        remark: wordSaving('tooFewHours', {
          count: result.hours,
          needed: result.needed,
        }),
      };
    default:
      return {
        measuredAt: at,
        measured: {
          currency,
          saved: result.saved,
          low: result.low,
          high: result.high,
          hours: result.hours,
          baselinePerHour: result.baselinePerHour,
        },
        remark: wordSaving('measured', {
          count: result.baselineDays,
          demand: wordSaving(result.byDemand ? 'atDemand' : 'notAtDemand'),
        }),
      };
  }
}

function titleBefore(before: StoredSaving | undefined): string | undefined {
  return before && before.policyTitle !== before.policyId
    ? before.policyTitle
    : undefined;
}

function kept(before: StoredSaving | undefined) {
  return before?.measured && { measured: before.measured };
}
