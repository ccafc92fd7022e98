import { LoggerService } from '@backstage/backend-plugin-api';
import { addDays, calendarDayOf } from '@headroom/common';
import { inSnapshot } from '@headroom/node';
import {
  ClosedDay,
  COMPLETION_LEAST_DAYS,
  CompletionHeader,
  CompletionRowFacts,
  CompletionSpan,
  completionWindows,
} from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { Calendar } from '../../core/Calendar';
import { CostConfig } from '../../core/config/CostConfig';
import { ask } from '../../database/ask';
import { CompletionInputStore } from '../../database/completion/CompletionInputStore';
import { CompletionStore } from '../../database/completion/CompletionStore';
import { ClusterCoverage, ReportStore } from '../../database/ReportStore';
import { INTERNAL } from '../../database/scope';

/** How long after its end a day is left alone, so that what is late is in. */
const SETTLE_DAYS = 2;
const MOST_DAYS = 800;
/** Of what is kept of a row: a report of another one is made anew. */
const FORM = 2;
/** Days without a reading for which a cluster is down, and not gone. */
const AWAY_DAYS = 14;

/** @internal */
export interface CompletionJobOptions {
  knex: Knex;
  store: CompletionStore;
  config: CostConfig;
  calendar: Calendar;
  simulated: ReadonlySet<string>;
  logger: LoggerService;
  now: () => Date;
}

/**
 * Makes the completion report anew when another day is closed for 48 hours, or when
 * configuration asks for another baseline, so that pages read what is there.
 */
export class CompletionJob {
  readonly #options: CompletionJobOptions;
  #hasWarned = false;

  static create(options: CompletionJobOptions) {
    return new CompletionJob(options);
  }

  private constructor(options: CompletionJobOptions) {
    this.#options = options;
  }

  async run(): Promise<void> {
    const { config, knex, logger, now, store } = this.#options;
    const at = now();
    const month = config.completion.baseline;
    const { days: closed, behind } = await this.#closedDays(at);
    const windows = completionWindows(closed, month);
    if (!windows) {
      this.#warn(closed, behind);
      return;
    }
    this.#hasWarned = false;
    const { baseline, now: current } = windows;
    const fingerprint = JSON.stringify([
      FORM,
      baseline,
      current,
      month,
      config.timezone,
      config.currency,
    ]);
    if (fingerprint === (await store.fingerprint())) {
      return;
    }
    const days = { before: baseline.days, after: current.days };
    if (await CompletionInputStore.create({ knex }).isDirty(days)) {
      logger.debug('The completion report waits for days to be summed');
      return;
    }
    const rows = await inSnapshot(knex, tx =>
      CompletionInputStore.create({ knex: tx }).rows(days),
    );
    await store.replace(fingerprint, this.#header(windows, rows, at), rows);
    logger.info(`Made the completion report of the days before ${current.end}`);
  }

  /** Says once while it lasts that there can be no report; before fourteen days there is none to miss. */
  #warn(closed: readonly ClosedDay[], behind: readonly string[]) {
    if (this.#hasWarned || closed.length < COMPLETION_LEAST_DAYS) {
      return;
    }
    this.#hasWarned = true;
    const [{ day }] = closed;
    this.#options.logger.warn(
      `No completion report can be made of the days since ${day}: too few are complete; hours are missing of ${behind.join(
        ', ',
      )}`,
    );
  }

  #header(
    windows: { baseline: CompletionSpan; now: CompletionSpan },
    rows: readonly CompletionRowFacts[],
    at: Date,
  ): CompletionHeader {
    const { config, simulated } = this.#options;
    const { baseline: month } = config.completion;
    const isMissing = month !== undefined && windows.baseline.month !== month;
    const sides = rows.flatMap(({ levels }) =>
      [levels?.before, levels?.after].flatMap(side => side ?? []),
    );
    return {
      madeAt: at.toISOString(),
      timezone: config.timezone,
      currency: config.currency,
      simulated: simulated.size > 0,
      baseline: this.#window(windows.baseline),
      now: this.#window(windows.now),
      ...(isMissing && { monthMissing: month }),
      read: {
        requests: sides.length > 0,
        errors: sides.some(({ errors }) => errors !== undefined),
        latency: sides.some(({ latency }) => latency !== undefined),
      },
    };
  }

  #window({ start, end, month, days }: CompletionSpan) {
    const { calendar } = this.#options;
    return {
      start,
      end,
      ...(month !== undefined && { month }),
      days: days.length,
      leftOut: calendar.days(start, end).length - days.length,
      hours: days.reduce((sum, day) => sum + calendar.bounds(day).hours, 0),
    };
  }

  /**
   * From the first day of which anything is known; complete when all clusters that had
   * begun by then, and were not gone yet, have all hours. With the clusters that lack some.
   */
  async #closedDays(
    at: Date,
  ): Promise<{ days: ClosedDay[]; behind: string[] }> {
    const { calendar, knex } = this.#options;
    const end = addDays(calendarDayOf(at, calendar.zone), -SETTLE_DAYS);
    const from = addDays(end, -MOST_DAYS);
    const question = ReportStore.create({ scope: INTERNAL }).coverage(
      from,
      end,
    );
    const { sql, bindings } = question;
    const { rows } = await ask(knex, INTERNAL, sql, bindings);
    const clusters = question
      .read(rows)
      .flatMap(each => this.#lifeOf(each) ?? []);
    const first = clusters
      .map(({ begun }) => begun)
      .sort()
      .at(0);
    if (first === undefined || first >= end) {
      return { days: [], behind: [] };
    }
    const behind = new Set<string>();
    const days = calendar.days(first > from ? first : from, end).map(day => {
      const lacking = clusters.filter(
        ({ begun, gone, whole }) =>
          begun <= day && day < gone && !whole.has(day),
      );
      lacking.forEach(({ cluster }) => behind.add(cluster));
      return { day, complete: lacking.length === 0 };
    });
    return { days, behind: [...behind].sort() };
  }

  /** The days from which and before which a cluster counts, and those that are complete. */
  #lifeOf({ cluster, firstDay, days }: ClusterCoverage) {
    if (firstDay === undefined) {
      return undefined;
    }
    const { calendar } = this.#options;
    const read = [...days].filter(([, { hours }]) => hours > 0);
    const last = read
      .map(([day]) => day)
      .sort()
      .at(-1);
    return {
      cluster,
      begun: firstDay,
      gone: addDays(last ?? firstDay, AWAY_DAYS + 1),
      whole: new Set(
        read
          .filter(([day, { hours }]) => hours >= calendar.bounds(day).hours)
          .map(([day]) => day),
      ),
    };
  }
}
