import { LoggerService } from '@backstage/backend-plugin-api';
import { addDays, calendarDayOf, DAY_MS } from '@headroom/common';
import { inSnapshot } from '@headroom/node';
import {
  BUDGET_ANNOTATION,
  CostAlert,
  foldReview,
  newestDueWeek,
  reviewAlert,
  ReviewBudget,
  reviewDueOn,
  ReviewHeader,
  ReviewRowFacts,
  reviewWeekEnd,
  reviewWeekOf,
} from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { Calendar } from '../../core/Calendar';
import { CostConfig } from '../../core/config/CostConfig';
import { Currencies } from '../../core/Currencies';
import { AnomalyReportStore } from '../../database/AnomalyReportStore';
import { ask } from '../../database/ask';
import { BudgetScopeStore } from '../../database/budgets/BudgetScopeStore';
import { BudgetStore } from '../../database/budgets/BudgetStore';
import { ClusterCoverage, ReportStore } from '../../database/ReportStore';
import {
  ReviewFreshness,
  ReviewInputStore,
} from '../../database/reviews/ReviewInputStore';
import { ReviewStore } from '../../database/reviews/ReviewStore';
import { INTERNAL } from '../../database/scope';
import { amountOf } from '../anomalies/amountOf';
import { collectBudgets } from '../budgets/collectBudgets';
import { budgetsAsTheyStand } from './budgetsAsTheyStand';
import { historyOf, hoursOf, mondays, spanOf } from './weekOf';

/** Weeks of the past that get a review when there is none of them. */
const MOST_WEEKS = 26;
/** How long after its end a week is waited for. */
const PATIENT_DAYS = 9;
/** A back-fill that runs for longer is not waited for. */
const BACKFILL_MS = 14 * DAY_MS;
/** What came in before that is in the sums, and budgets were evaluated with it. */
const SETTLED_MS = 5 * 60_000;
/** How long a week that is long past waits for anomalies of what was read of it. */
const ANOMALIES_MS = DAY_MS;

/** @internal */
export interface ReviewJobOptions {
  knex: Knex;
  store: ReviewStore;
  config: CostConfig;
  currencies: Currencies;
  calendar: Calendar;
  simulated: ReadonlySet<string>;
  logger: LoggerService;
  now: () => Date;
}

/**
 * Makes the review of each closed week, once: when it is closed for 48 hours and what it
 * is made of is in. What is missing is waited for until nine days after the week's end;
 * from then on the review says what is missing.
 */
export class ReviewJob {
  readonly #options: ReviewJobOptions;

  static create(options: ReviewJobOptions) {
    return new ReviewJob(options);
  }

  private constructor(options: ReviewJobOptions) {
    this.#options = options;
  }

  async run(signal: AbortSignal): Promise<void> {
    const { calendar, knex, logger, now, store } = this.#options;
    const at = now();
    const newest = newestDueWeek(calendarDayOf(at, calendar.zone));
    const oldest = spanOf(addDays(newest, -7 * MOST_WEEKS)).historyFrom;
    const question = ReportStore.create({ scope: INTERNAL }).coverage(
      oldest,
      reviewWeekEnd(newest),
    );
    const { sql, bindings } = question;
    const { rows } = await ask(knex, INTERNAL, sql, bindings);
    const clusters = question.read(rows);
    const firstDay = clusters
      .flatMap(each => each.firstDay ?? [])
      .sort()
      .at(0);
    if (firstDay === undefined) {
      return;
    }
    const made = await store.weeks();
    // A week that begins before anything is known is no week.
    const first = reviewWeekOf(addDays(firstDay, 6));
    for (const week of mondays(first, newest, MOST_WEEKS)) {
      signal.throwIfAborted();
      if (made.has(week)) {
        continue;
      }
      const why = await this.#waitsFor(week, clusters, at);
      if (why === undefined) {
        await this.#make(week, clusters, at);
        logger.info(`Made the review of the week of ${week}`);
      } else {
        logger.debug(`The review of the week of ${week} waits for ${why}`);
      }
    }
  }

  /** Why a review is not made yet. */
  async #waitsFor(
    week: string,
    clusters: readonly ClusterCoverage[],
    at: Date,
  ): Promise<string | undefined> {
    const { calendar, knex } = this.#options;
    const span = spanOf(week);
    const hours = hoursOf(clusters, span, calendar);
    if (hours.after.complete === 0) {
      return 'any hour of it';
    }
    if (clusters.some(cluster => isBackfilling(cluster, at))) {
      return 'the back-fill';
    }
    const fresh = await ReviewInputStore.create({ knex }).freshness(
      calendar.bounds(span.before).start,
      calendar.bounds(addDays(span.end, -1)).end,
      { start: span.historyFrom, end: span.end },
    );
    if (fresh.isDirty) {
      return 'days to be summed';
    }
    if (this.#lacksAnomalies(week, fresh, at)) {
      return 'anomalies';
    }
    if (!this.#isRecent(week, at)) {
      return undefined;
    }
    if (hours.after.complete < hours.after.wanted) {
      return 'hours that are missing';
    }
    const { readAt, adviceAt } = fresh;
    if (readAt && at.getTime() - readAt.getTime() < SETTLED_MS) {
      return 'what came in just now';
    }
    const today = calendarDayOf(at, calendar.zone);
    const isStale = adviceAt
      ? readAt !== undefined && adviceAt < readAt
      : today <= reviewDueOn(week);
    return isStale ? 'advice' : undefined;
  }

  /** Anomalies are kept as they are known: nobody looks for those of a kept review again. */
  #lacksAnomalies(
    week: string,
    { readAt, anomaliesAt }: ReviewFreshness,
    at: Date,
  ): boolean {
    if (!readAt) {
      return false;
    }
    const summed = readAt.getTime() + SETTLED_MS;
    return (
      (anomaliesAt?.getTime() ?? 0) < summed &&
      (this.#isRecent(week, at) || at.getTime() < summed + ANOMALIES_MS)
    );
  }

  /** What budgets and advice are now is what they were when the week was over. */
  #isRecent(week: string, at: Date): boolean {
    const { zone } = this.#options.calendar;
    return calendarDayOf(at, zone) < addDays(reviewWeekEnd(week), PATIENT_DAYS);
  }

  async #make(
    week: string,
    clusters: readonly ClusterCoverage[],
    at: Date,
  ): Promise<void> {
    const { calendar, config, knex, simulated, store } = this.#options;
    const span = spanOf(week);
    const days = historyOf(clusters, span, calendar);
    const isRecent = this.#isRecent(week, at);
    const { rows, anomalies, budgets } = await inSnapshot(knex, async tx => ({
      rows: await ReviewInputStore.create({ knex: tx }).rows(
        span,
        days.map(({ day }) => day),
        isRecent ? at : undefined,
      ),
      anomalies: await AnomalyReportStore.create({
        knex: tx,
        scope: INTERNAL,
      }).within(week, span.end, null),
      budgets: isRecent ? await this.#budgets(tx) : undefined,
    }));
    const header: ReviewHeader = {
      week,
      madeAt: at.toISOString(),
      timezone: config.timezone,
      currency: config.currency,
      simulated: simulated.size > 0,
      hours: hoursOf(clusters, span, calendar),
      days,
      ...(budgets && { budgets }),
    };
    // Of weeks long past nobody is told that they have a review by now.
    const alerts = isRecent ? this.#alerts(header, rows) : [];
    await store.add({ header, rows, anomalies, alerts });
  }

  #alerts(header: ReviewHeader, rows: readonly ReviewRowFacts[]): CostAlert[] {
    const { alerts, currency, reviews, unitMetrics } = this.#options.config;
    const { platformTeam } = alerts;
    const notify = reviews.notify ?? (platformTeam ? [platformTeam] : []);
    if (notify.length === 0) {
      return [];
    }
    const figures = foldReview(header, rows, {
      metrics: unitMetrics,
      restricted: false,
    });
    return [reviewAlert(figures, { amount: amountOf(currency), notify })];
  }

  async #budgets(knex: Knex): Promise<ReviewBudget[]> {
    const { config, currencies } = this.#options;
    const scopes = BudgetScopeStore.create({ knex, scope: INTERNAL });
    const store = BudgetStore.create({ knex });
    const { budgets } = collectBudgets({
      config: config.budgets,
      stored: await store.all(),
      declaring: await scopes.declaring(BUDGET_ANNOTATION),
      known: { currencies: currencies.all, tags: config.bill.tags },
    });
    const services = budgets.flatMap(({ budget: { scope } }) =>
      scope.type === 'service' ? [scope.entityRef] : [],
    );
    return budgetsAsTheyStand(
      budgets,
      await store.statuses(),
      await scopes.owners(services),
    );
  }
}

function isBackfilling(
  { backfillCursor, backfillFrom, backfillStart }: ClusterCoverage,
  at: Date,
): boolean {
  if (!backfillCursor || !backfillFrom || backfillCursor <= backfillFrom) {
    return false;
  }
  const begun = backfillStart ? Date.parse(backfillStart) : at.getTime();
  return at.getTime() - begun < BACKFILL_MS;
}
