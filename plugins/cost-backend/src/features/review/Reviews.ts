import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { addDays, calendarDayOf } from '@headroom/common';
import {
  anomalySentence,
  foldReview,
  newestDueWeek,
  Review,
  ReviewActionFacts,
  reviewActions,
  ReviewBudget,
  reviewDueOn,
  ReviewList,
  ReviewMetric,
  ReviewQuery,
} from '@headroom/plugin-cost-common';
import { CostScopes } from '../../core/CostScopes';
import { AnomalyFacts } from '../../database/AnomalyReportStore';
import { ScopedStores } from '../../database/ScopedStores';
import { amountOf } from '../anomalies/amountOf';
import { hourOf } from '../anomalies/hourOf';

const DAYS_OF_WEEK = 7;
/** Owners of 10,000 services and a hundred rows each: about 2 MB. */
const MOST_REMEMBERED = 6;

interface Fold extends Omit<ReviewActionFacts, 'anomalies'> {
  /** As they stood when the review was made; absent = it was made before they were kept. */
  anomalies?: readonly AnomalyFacts[];
}

/** Budgets at risk that a review lists; the rest is among all budgets. */
const MOST_RISKS = 100;

/** @internal */
export interface ReviewsOptions {
  scopes: CostScopes;
  metrics: readonly ReviewMetric[];
  timezone: string;
  /** Where an issue is opened. */
  newIssue?: string;
  now: () => Date;
}

/**
 * Reviews for a caller: the figures of the rows that were kept, as far as the caller may
 * see what they are of, so that a team's reader has a review of the team's services.
 */
export class Reviews {
  readonly #options: ReviewsOptions;
  /** Of who may see everything, by week: what is kept never changes, and is the most to read. */
  readonly #whole = new Map<string, Fold>();

  static create(options: ReviewsOptions) {
    return new Reviews(options);
  }

  private constructor(options: ReviewsOptions) {
    this.#options = options;
  }

  /** @throws NotAllowedError when the caller may see nothing. */
  async list(credentials: BackstageCredentials): Promise<ReviewList> {
    const { scopes, timezone, newIssue, now } = this.#options;
    const weeks = await scopes.read('fleet', credentials, at =>
      at.reviews.weeks(),
    );
    const newest = newestDueWeek(calendarDayOf(now(), timezone));
    const isMade = weeks.some(({ week }) => week >= newest);
    const next = isMade ? addDays(newest, DAYS_OF_WEEK) : newest;
    return {
      weeks,
      next: { week: next, from: reviewDueOn(next) },
      timezone,
      ...(newIssue !== undefined && { newIssue }),
    };
  }

  /**
   * @throws NotFoundError when there is no review of the week (yet); NotAllowedError when
   * the caller may see nothing.
   */
  async review(
    query: ReviewQuery,
    credentials: BackstageCredentials,
  ): Promise<Review> {
    return this.#options.scopes.read('fleet', credentials, async at => {
      const week = query.week ?? (await at.reviews.weeks()).at(0)?.week;
      const facts = week && (await this.#facts(at, week));
      if (!facts) {
        throw new NotFoundError(
          week
            ? `There is no review of the week of ${week}; one is made on ${reviewDueOn(
                week,
              )} or when what it is made of is in`
            : 'There is no review yet; the first is made when a whole week is closed for 48 hours and what it is made of is in',
        );
      }
      const { figures, anomalies } = facts;
      const now = await at.reviews.costNow(figures.week, figures.end);
      const before = await this.#facts(at, addDays(week, -DAYS_OF_WEEK));
      // One that was made later can't have been what this one goes on from.
      const isKnown = before && before.figures.madeAt <= figures.madeAt;
      return {
        ...figures,
        ...(figures.budgetRisks && {
          budgetRisks: figures.budgetRisks.slice(0, MOST_RISKS),
          budgetsAtRisk: figures.budgetRisks.length,
        }),
        anomalies: [...anomalies],
        actions: reviewActions(facts, isKnown ? before : undefined),
        ...(now !== undefined && {
          restatement: {
            spend: now.toString(),
            difference: (now - BigInt(figures.pace.spend)).toString(),
          },
        }),
      };
    });
  }

  async #facts(
    at: ScopedStores,
    week: string,
  ): Promise<ReviewActionFacts | undefined> {
    const kept = at.scope.isEverything ? this.#whole.get(week) : undefined;
    const fold = kept ?? (await this.#fold(at, week));
    if (!fold) {
      return undefined;
    }
    if (at.scope.isEverything && !kept) {
      this.#remember(week, fold);
    }
    const { end, currency, timezone } = fold.figures;
    // What was made before anomalies were kept tells of them as they stand now.
    const anomalies = fold.anomalies ?? (await at.anomalies.within(week, end));
    return {
      ...fold,
      anomalies: anomalies.map(row => ({
        ...row,
        sentence: anomalySentence(row, amountOf(currency), hourOf(timezone)),
      })),
    };
  }

  async #fold(at: ScopedStores, week: string): Promise<Fold | undefined> {
    const header = await at.reviews.header(week);
    if (!header) {
      return undefined;
    }
    const rows = await at.reviews.rows(week);
    const anomalies = await at.reviews.anomalies(week);
    const { budgets, ...kept } = header;
    const figures = foldReview(
      {
        ...kept,
        ...(budgets && { budgets: await this.#covered(at, budgets, week) }),
      },
      rows,
      {
        metrics: this.#options.metrics,
        restricted: !at.scope.isEverything,
      },
    );
    return {
      figures,
      ...(anomalies && { anomalies }),
      owners: new Map(
        rows.flatMap(({ entityRef, ownerRefs }) =>
          entityRef === undefined ? [] : [[entityRef, ownerRefs]],
        ),
      ),
    };
  }

  #remember(week: string, fold: Fold): void {
    const [oldest] = this.#whole.keys();
    if (this.#whole.size >= MOST_REMEMBERED && oldest !== undefined) {
      this.#whole.delete(oldest);
    }
    this.#whole.set(week, fold);
  }

  /** Amounts of a budget are of all that it is for. What a domain has, only the catalog knows. */
  async #covered(
    at: ScopedStores,
    budgets: readonly ReviewBudget[],
    week: string,
  ): Promise<ReviewBudget[]> {
    const asked = at.scope.isEverything
      ? [...budgets]
      : budgets.filter(({ scope }) => scope.type !== 'domain');
    const covered = await at.budgetScopes.covers(
      asked.map(({ scope, start, carriedFrom = start }) => ({
        scope,
        readFrom: carriedFrom < week ? carriedFrom : week,
      })),
      this.#options.timezone,
    );
    return asked.filter((_, index) => covered[index]);
  }
}
