import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { HOUR_MS, Worded } from '@headroom/common';
import {
  CostApi,
  HoursOfWorkload,
  MOST_WORKLOADS_OF_HOURS,
  WorkloadName,
} from '@headroom/plugin-cost-common';
import {
  RunningCost,
  sayPlan,
  ScalingTarget,
  subjectOf,
} from '@headroom/plugin-scaling-common';
import { workloadKey } from '../../database/LinkStore';

/** The newest hours of which what a workload costs is the mean. */
const HOURS = 3;
/** Jobs don't run every hour. */
const JOB_HOURS = 24;
/** Older than this says nothing of what runs now. */
const WINDOW_MS = 24 * HOUR_MS;
const KEPT_MS = HOUR_MS;
/** While the cost plugin doesn't answer, it is asked again after this. */
const PAUSE_MS = 5 * 60_000;
/** A change of capacity doesn't wait any longer to be told what it is worth. */
const TIMEOUT_MS = 3000;
/** Workloads that are asked about in one round; the others are in the next. */
const MOST_ASKED = 2000;
const MOST_KEPT = 20_000;

/** @internal */
export interface WorkloadCostsOptions {
  auth: AuthService;
  costs: Pick<CostApi, 'getWorkloadHours'>;
  logger: LoggerService;
  now: () => Date;
}

/**
 * What workloads cost an hour as they run now, asked of the cost back end once an hour
 * for those that are to be changed: two hundred at a time, and never for long.
 */
export class WorkloadCosts {
  readonly #options: WorkloadCostsOptions;
  readonly #known = new Map<
    string,
    { cost: RunningCost | undefined; atMs: number }
  >();
  #silentUntilMs = 0;

  static create(options: WorkloadCostsOptions): WorkloadCosts {
    return new WorkloadCosts(options);
  }

  private constructor(options: WorkloadCostsOptions) {
    this.#options = options;
  }

  /** What is known of a workload; a sentence says why nothing is. */
  of(target: ScalingTarget): RunningCost | Worded {
    const known = this.#known.get(workloadKey(nameOf(target)));
    return (
      known?.cost ??
      sayPlan(known ? 'costsUnknown' : 'costsUnread', {
        subject: subjectOf(target),
      })
    );
  }

  /** Sees to it that what workloads cost is known, as far as it can be asked. */
  async read(
    targets: readonly ScalingTarget[],
    signal: AbortSignal,
  ): Promise<void> {
    const nowMs = this.#options.now().getTime();
    for (const [key, { atMs }] of this.#known) {
      if (nowMs - atMs > KEPT_MS || this.#known.size > MOST_KEPT) {
        this.#known.delete(key);
      }
    }
    const wanted = targets
      .map(nameOf)
      .filter(name => !this.#known.has(workloadKey(name)))
      .slice(0, MOST_ASKED);
    if (wanted.length === 0 || nowMs < this.#silentUntilMs) {
      return;
    }
    const limited = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
    try {
      for (let at = 0; at < wanted.length; at += MOST_WORKLOADS_OF_HOURS) {
        await this.#ask(
          wanted.slice(at, at + MOST_WORKLOADS_OF_HOURS),
          nowMs,
          limited,
        );
      }
    } catch (error) {
      signal.throwIfAborted();
      this.#silentUntilMs = nowMs + PAUSE_MS;
      this.#options.logger.info(
        `What workloads cost could not be asked, so that plans say no savings: ${
          toError(error).message
        }`,
      );
    }
  }

  async #ask(
    workloads: readonly WorkloadName[],
    nowMs: number,
    signal: AbortSignal,
  ): Promise<void> {
    const { auth, costs } = this.#options;
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: await auth.getOwnServiceCredentials(),
      targetPluginId: 'cost',
    });
    const to = Math.floor(nowMs / HOUR_MS) * HOUR_MS;
    const answer = await costs.getWorkloadHours(
      { workloads, from: instant(to - WINDOW_MS), to: instant(to) },
      { token, signal },
    );
    workloads.forEach((workload, index) => {
      const cost = costOf(
        answer.workloads[index],
        workload.kind,
        answer.currency,
      );
      this.#known.set(workloadKey(workload), { cost, atMs: nowMs });
    });
  }
}

/**
 * The mean of the newest hours, of a CronJob also of those in which it did not run;
 * undefined where none is known.
 */
function costOf(
  { hours }: HoursOfWorkload,
  kind: string,
  currency: string,
): RunningCost | undefined {
  const isJob = kind === 'CronJob';
  const most = isJob ? JOB_HOURS : HOURS;
  const newest = hours
    .filter(({ micros }) => isJob || micros !== '0')
    .sort((a, b) => Date.parse(b.at) - Date.parse(a.at))
    .slice(0, most);
  if (newest.length === 0) {
    return undefined;
  }
  const sum = newest.reduce(
    (total, { micros }) => total + BigInt(micros),
    BigInt(0),
  );
  return {
    perHour: String(sum / BigInt(newest.length)),
    currency,
    hours: newest.length,
  };
}

function nameOf({ workload }: ScalingTarget): WorkloadName {
  const { cluster, namespace, kind, name } = workload;
  return { cluster, namespace, kind, name };
}

function instant(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}
