import { LoggerService } from '@backstage/backend-plugin-api';
import { addDays, calendarDayOf } from '@headroom/common';
import { inSnapshot } from '@headroom/node';
import {
  ClosedDay,
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
    const windows = completionWindows(await this.#closedDays(at), month);
    if (!windows) {
      return;
    }
    const { baseline, now: current } = windows;
    const fingerprint = JSON.stringify([
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

  /** From the first day of which anything is known; complete when all clusters that had begun by then have all hours. */
  async #closedDays(at: Date): Promise<ClosedDay[]> {
    const { calendar, knex } = this.#options;
    const end = addDays(calendarDayOf(at, calendar.zone), -SETTLE_DAYS);
    const from = addDays(end, -MOST_DAYS);
    const question = ReportStore.create({ scope: INTERNAL }).coverage(
      from,
      end,
    );
    const { sql, bindings } = question;
    const { rows } = await ask(knex, INTERNAL, sql, bindings);
    const clusters: ClusterCoverage[] = question.read(rows);
    const first = clusters
      .flatMap(({ firstDay }) => firstDay ?? [])
      .sort()
      .at(0);
    if (first === undefined || first >= end) {
      return [];
    }
    return calendar.days(first > from ? first : from, end).map(day => ({
      day,
      complete: clusters
        .filter(({ firstDay = end }) => firstDay <= day)
        .every(
          ({ days }) =>
            (days.get(day)?.hours ?? 0) >= calendar.bounds(day).hours,
        ),
    }));
  }
}
