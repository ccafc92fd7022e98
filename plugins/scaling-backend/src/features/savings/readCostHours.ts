import { HOUR_MS } from '@headroom/common';
import { AuthService } from '@backstage/backend-plugin-api';
import {
  CostApi,
  MOST_WORKLOADS_OF_HOURS,
  WorkloadName,
} from '@headroom/plugin-cost-common';
import { CostHour } from '@headroom/plugin-scaling-common';
import { Breather } from '../../core/Breather';

/**
 * Hours that are held at once, of all workloads together: some 10 MB. One workload's
 * 400 days are 9,600 of them.
 */
export const MOST_HELD_HOURS = 100_000;

/** Hours of an answer: a tenth of a second of work, of which none is split, would be longer. */
export const MOST_HOURS_OF_ANSWER = 20_000;

/** A workload and the instant from which its hours are wanted. */
export interface WantedHours extends WorkloadName {
  /** Milliseconds since 1970. */
  from: number;
}

/** What a workload cost, as far as that is known. */
export interface CostOfWorkload {
  currency: string;
  /** From its first hour on, oldest first. */
  hours: CostHour[];
}

/**
 * Parts workloads so that those of a part are read together: their hours up to `to`
 * are {@link MOST_HELD_HOURS} at most. Those of about the same past go together.
 */
export function batchesOf<T extends WantedHours>(
  wanted: readonly T[],
  to: number,
): T[][] {
  const batches: T[][] = [];
  let open: T[] = [];
  for (const each of [...wanted].sort((a, b) => a.from - b.from)) {
    const hours = Math.ceil((to - (open[0] ?? each).from) / HOUR_MS);
    const isFull =
      open.length >= MOST_WORKLOADS_OF_HOURS ||
      (open.length + 1) * hours > MOST_HELD_HOURS;
    if (open.length > 0 && isFull) {
      batches.push(open);
      open = [];
    }
    open.push(each);
  }
  return open.length > 0 ? [...batches, open] : batches;
}

type Answer = Awaited<
  ReturnType<CostApi['getWorkloadHours']>
>['workloads'][number];

/** One workload's hours, as they come in. */
class HoursRead {
  readonly hours: CostHour[] = [];
  #metric: string | undefined;

  add({ hours, metric }: Answer): void {
    this.#metric ??= metric;
    for (const { at, micros, units } of hours) {
      const charged = Number(micros);
      // Before its first hour it was not there, which is no hour without cost.
      if (this.hours.length > 0 || charged > 0) {
        this.hours.push({
          at: Date.parse(at),
          micros: charged,
          // Units of another metric are no demand that could be compared.
          ...(units !== undefined &&
            metric === this.#metric && { demand: units }),
        });
      }
    }
  }
}

/** What workloads cost hour by hour, of the hours that are over; in their order. */
export async function readCostHours(
  {
    auth,
    costs,
  }: { auth: AuthService; costs: Pick<CostApi, 'getWorkloadHours'> },
  batch: readonly WantedHours[],
  { to, signal }: { to: number; signal: AbortSignal },
): Promise<CostOfWorkload[]> {
  const workloads = batch.map(
    ({ cluster, namespace, kind, name }): WorkloadName => ({
      cluster,
      namespace,
      kind,
      name,
    }),
  );
  const read = batch.map(() => new HoursRead());
  let currency = '';
  const step = Math.floor(MOST_HOURS_OF_ANSWER / batch.length) * HOUR_MS;
  const breather = Breather.create();
  const end = Math.floor(to / HOUR_MS) * HOUR_MS;
  const first = Math.min(...batch.map(({ from }) => from));
  for (
    let start = Math.floor(first / HOUR_MS) * HOUR_MS;
    start < end;
    start += step
  ) {
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: await auth.getOwnServiceCredentials(),
      targetPluginId: 'cost',
    });
    const answer = await costs.getWorkloadHours(
      {
        workloads,
        from: instant(start),
        to: instant(Math.min(end, start + step)),
      },
      { token, signal },
    );
    if (currency !== '' && answer.currency !== currency) {
      throw new Error(
        `Costs are in ${currency} and then in ${answer.currency}; they are read again`,
      );
    }
    currency = answer.currency;
    for (const [index, each] of answer.workloads.entries()) {
      read[index].add(each);
      await breather.breathe();
    }
  }
  return read.map(({ hours }) => ({ currency, hours }));
}

function instant(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}
