import { LoggerService } from '@backstage/backend-plugin-api';
import {
  addDays,
  calendarDayOf,
  daysBetween,
  sumMicros,
} from '@headroom/common';
import {
  AnomalyCause,
  AnomalyRule,
  explainChange,
  findCostAnomalies,
  findSlowRises,
  RISE_BACK_DAYS,
} from '@headroom/plugin-cost-common';
import { Calendar } from '../../core/Calendar';
import { AnomalyInputStore } from '../../database/AnomalyInputStore';
import {
  AnomalyStore,
  FoundAnomaly,
  StoredAnomaly,
} from '../../database/AnomalyStore';
import { CostSeries, serviceSeries, teamSeries } from './seriesOf';

/** Days that are looked through. */
const LOOK_BACK_DAYS = 168;
/** What was over before is history, and stays as it was told. */
const RECENT_DAYS = 35;
/** Days before a jump that its causes are compared with. */
const DAYS_BEFORE = 28;
const WEEK_DAYS = 7;
const MOST_CAUSES = 5;
/** Series that are looked through before other work of the process has its turn. */
const AT_A_TIME = 50;

/** @internal */
export interface AnomalyJobOptions {
  input: AnomalyInputStore;
  store: AnomalyStore;
  rule: AnomalyRule;
  calendar: Calendar;
  logger: LoggerService;
  now: () => Date;
}

/**
 * Finds what services and teams cost too much. Looks through all days each time, with as
 * many queries however many services there are: what was restated is judged again, and
 * running it twice changes nothing.
 */
export class AnomalyJob {
  readonly #options: AnomalyJobOptions;

  static create(options: AnomalyJobOptions) {
    return new AnomalyJob(options);
  }

  private constructor(options: AnomalyJobOptions) {
    this.#options = options;
  }

  async run(signal: AbortSignal): Promise<void> {
    const { input, store, calendar, logger, now } = this.#options;
    const at = now();
    const today = calendarDayOf(at, calendar.zone);
    const start = addDays(today, -LOOK_BACK_DAYS);
    const recent = addDays(today, -RECENT_DAYS);
    const series = await this.#series(start, today);
    const stored = await store.stored(start);
    const found: Array<{ anomaly: FoundAnomaly; series: CostSeries }> = [];
    for (const [i, each] of series.entries()) {
      if (i % AT_A_TIME === 0) {
        await new Promise(resolve => setImmediate(resolve));
        signal.throwIfAborted();
      }
      found.push(...this.#findIn(each, stored, recent));
    }
    const services = found.filter(each => each.series.kind === 'service');
    const workloads = await input.workloads(
      services.map(({ anomaly }) => ({ ...anomaly, ...comparedWith(anomaly) })),
    );
    services.forEach(({ anomaly, series: { days } }, i) => {
      const { from, until } = comparedWith(anomaly);
      const first = from > days[0].day ? from : days[0].day;
      anomaly.causes = explainChange(workloads[i], {
        daysBefore: Math.max(0, daysBetween(first, until)),
        daysAfter: daysBetween(anomaly.firstDay, anomaly.lastDay) + 1,
      })
        .filter(({ change }) => change > 0n)
        .slice(0, MOST_CAUSES)
        .map(({ key, change, usage, price }) => ({
          workload: key,
          change: change.toString(),
          usage: usage.toString(),
          price: price.toString(),
        }));
    });
    await this.#addRollouts(
      services.flatMap(({ anomaly }) =>
        // No day of a rise is odd beside the day before.
        anomaly.shape === 'jump' ? [anomaly] : [],
      ),
    );
    for (const { anomaly, series: each } of found) {
      if (each.services) {
        anomaly.causes = causesOf(anomaly, each.services);
      }
    }
    const anomalies = found.map(({ anomaly }) => anomaly);
    signal.throwIfAborted();
    await store.write(anomalies, withdrawn(stored, anomalies), at);
    const open = anomalies.filter(({ end }) => !end).length;
    logger.debug(
      `Looked for anomalies in ${series.length} services and teams: ${open} are open`,
    );
  }

  /** Says of workloads how they were rolled out on the first odd day and the day before. */
  async #addRollouts(anomalies: readonly FoundAnomaly[]): Promise<void> {
    const { input, calendar } = this.#options;
    const spans = anomalies.flatMap(({ firstDay, causes }) => {
      const from = calendar.bounds(addDays(firstDay, -1)).start;
      const until = calendar.bounds(firstDay).end;
      return causes.flatMap(cause =>
        cause.workload
          ? [{ cause, workload: cause.workload, from, until }]
          : [],
      );
    });
    const rollouts = await input.rollouts(spans);
    spans.forEach(({ cause }, i) => {
      if (rollouts[i].length > 0) {
        cause.rollouts = rollouts[i].map(({ replicaSet, hour }) => ({
          replicaSet,
          hour: hour.toISOString(),
        }));
      }
    });
  }

  async #series(start: string, today: string): Promise<CostSeries[]> {
    const { input, calendar } = this.#options;
    const days = calendar.days(start, today);
    const services = await input.services(start, today);
    const clusters = await input.clusterHours(start, today);
    const groups = await input.groups();
    const own = services.map(service => ({
      series: serviceSeries(service, days, clusters, calendar),
      ownerRefs: service.ownerRefs,
    }));
    return [...own.map(each => each.series), ...teamSeries(own, groups)];
  }

  #findIn(
    series: CostSeries,
    stored: readonly StoredAnomaly[],
    recent: string,
  ): Array<{ anomaly: FoundAnomaly; series: CostSeries }> {
    const { kind, entityRef } = series;
    const known = stored.filter(each => each.entityRef === entityRef);
    return this.#oddDays(series, known)
      .filter(({ lastDay, end }) => !end || lastDay >= recent)
      .filter(
        ({ firstDay, lastDay, end }) =>
          !end || !isTold(known, firstDay, lastDay),
      )
      .map(found => ({
        anomaly: { ...found, kind, entityRef, causes: [] },
        series,
      }));
  }

  #oddDays(
    { days, isNew: isNewSeries }: CostSeries,
    known: readonly StoredAnomaly[],
  ): Array<Omit<FoundAnomaly, 'kind' | 'entityRef' | 'causes'>> {
    const { newFloorMicros, ...rule } = this.#options.rule;
    const expectedDays = known.flatMap(({ firstDay, expectedUntil }) =>
      expectedUntil ? [{ from: firstDay, until: expectedUntil }] : [],
    );
    const jumps = findCostAnomalies(
      days,
      isNewSeries ? { ...rule, newFloorMicros } : rule,
      expectedDays,
      known.flatMap(({ shape, firstDay, end }) =>
        shape === 'jump' && end !== 'restated' ? [firstDay] : [],
      ),
    );
    const told = known.filter(({ shape }) => shape === 'rise');
    const rises = findSlowRises(days, rule, {
      spokenFor: [
        ...jumps,
        ...expectedDays.map(({ from, until }) => ({
          firstDay: from,
          lastDay: addDays(until, -1),
        })),
      ],
      open: told.find(({ isOpen }) => isOpen)?.firstDay,
      told,
    });
    return [
      ...jumps.map(({ isNew, expected, ...jump }) => ({
        ...jump,
        shape: 'jump' as const,
        ...(!isNew && { expected }),
      })),
      ...rises.map(rise => ({ ...rise, shape: 'rise' as const })),
    ];
  }
}

/** The days that the causes of an incident are compared with; `until` is the day after the last. */
function comparedWith({
  shape,
  firstDay,
}: Pick<FoundAnomaly, 'shape' | 'firstDay'>): { from: string; until: string } {
  if (shape === 'jump') {
    return { from: addDays(firstDay, -DAYS_BEFORE), until: firstDay };
  }
  const from = addDays(firstDay, -RISE_BACK_DAYS);
  return { from, until: addDays(from, WEEK_DAYS) };
}

/** As days leave the window, the first odd day of what is over may be seen as another one. */
function isTold(
  known: readonly StoredAnomaly[],
  firstDay: string,
  lastDay: string,
): boolean {
  return known.some(
    each =>
      !each.isOpen &&
      each.firstDay !== firstDay &&
      each.firstDay <= lastDay &&
      each.lastDay >= firstDay,
  );
}

/** Open ones that nobody would open again. */
function withdrawn(
  stored: readonly StoredAnomaly[],
  found: readonly FoundAnomaly[],
): StoredAnomaly[] {
  const keys = new Set(found.map(each => `${each.entityRef} ${each.firstDay}`));
  return stored.filter(
    ({ isOpen, entityRef, firstDay }) =>
      isOpen && !keys.has(`${entityRef} ${firstDay}`),
  );
}

/** The services of a team that cost more than in the days it is compared with, over the days of an incident. */
function causesOf(
  anomaly: FoundAnomaly,
  services: readonly CostSeries[],
): AnomalyCause[] {
  const { firstDay, lastDay } = anomaly;
  const { from, until } = comparedWith(anomaly);
  return explainChange(
    services.map(({ entityRef, days }) => {
      const sumOf = (first: string, end: string) => ({
        micros: sumMicros(
          days
            .filter(({ day }) => day >= first && day < end)
            .map(({ micros }) => micros),
        ),
        quantity: 0,
      });
      return {
        key: entityRef,
        before: [sumOf(from, until)],
        after: [sumOf(firstDay, addDays(lastDay, 1))],
      };
    }),
    {
      daysBefore: daysBetween(from, until),
      daysAfter: daysBetween(firstDay, lastDay) + 1,
    },
  )
    .filter(({ change }) => change > 0n)
    .slice(0, MOST_CAUSES)
    .map(({ key, change }) => ({ entityRef: key, change: change.toString() }));
}
