import { addDays, calendarDayOf } from '@headroom/common';
import { mapInTurns } from '@headroom/node';
import { Calendar } from '../../../core/Calendar';
import { CostConfig } from '../../../core/config/CostConfig';
import { Currencies } from '../../../core/Currencies';
import { closedUntil } from '../../../core/hours';
import { Coverage } from '../../../core/report/coverage';
import { BudgetCosts } from '../../../database/budgets/BudgetCostStore';
import { ScopeDay } from '../../../database/budgets/scopeDays';
import { ClusterCoverage } from '../../../database/ReportStore';
import { moveEdge, periodEdge, PeriodEdge } from '../edges';
import { Exchange } from '../Exchange';
import { AskedBudget } from './AskedBudget';
import { FoundFacts } from './CostFacts';
import { distinctScopes } from './distinctScopes';

/** @internal */
export interface AllocatedFactsOptions {
  config: Pick<CostConfig, 'ingest'>;
  calendar: Calendar;
  currencies: Currencies;
  exchange: Exchange;
  /** Names of the clusters that are read. */
  configured: ReadonlySet<string>;
}

/** Where what was allocated is read. */
export interface AllocatedReading {
  costs: Pick<BudgetCosts, 'days' | 'clusters' | 'edges'>;
  coverage: (from: string, to: string) => Promise<ClusterCoverage[]>;
  /** Systems of domains, by reference of the domain. */
  systems: ReadonlyMap<string, string[]>;
}

/** An edge of a period of a budget, and what its hours cost. */
interface ReadEdge {
  edge: PeriodEdge;
  cost: ScopeDay;
}

/** What the services of a scope were allocated of what clusters cost. */
export class AllocatedFacts {
  readonly #options: AllocatedFactsOptions;

  static create(options: AllocatedFactsOptions) {
    return new AllocatedFacts(options);
  }

  private constructor(options: AllocatedFactsOptions) {
    this.#options = options;
  }

  /** Of budgets of what is allocated, by as many queries as one takes. */
  async read(
    asked: readonly AskedBudget[],
    { costs, coverage, systems }: AllocatedReading,
    now: Date,
  ): Promise<Map<AskedBudget, FoundFacts>> {
    if (asked.length === 0) {
      return new Map();
    }
    const { calendar } = this.#options;
    const { questions, placeOf } = distinctScopes(asked, systems);
    const days = await costs.days(questions);
    const clusters = await costs.clusters(questions);
    const from = questions.map(({ readFrom }) => readFrom).sort()[0];
    const covered = await coverage(
      from,
      addDays(calendarDayOf(now, calendar.zone), 1),
    );
    const edgesOf = await this.#edges(asked, edges =>
      costs.edges(
        questions,
        edges.map(({ of, edge }) => ({ ...edge, no: placeOf(of) + 1 })),
      ),
    );
    const coverageOf = this.#coverages(covered, now);
    return new Map(
      await mapInTurns(asked, (each): [AskedBudget, FoundFacts] => {
        const place = placeOf(each);
        if (clusters[place].length === 0) {
          const problem =
            'No workload was found that it is for, so nothing is known of its cost';
          return [each, { problem }];
        }
        const { whole, knownFrom } = coverageOf(clusters[place]);
        return [
          each,
          {
            days: this.#days(each, days[place], edgesOf.get(each) ?? []),
            fixed: new Map(),
            isComplete: day => whole.complete(day),
            ...(knownFrom !== undefined && { knownFrom }),
          },
        ];
      }),
    );
  }

  #days(
    { budget }: AskedBudget,
    stored: readonly ScopeDay[],
    edges: readonly ReadEdge[],
  ): Map<string, bigint> {
    const { currencies, exchange } = this.#options;
    const { cost, currency } = budget;
    const isShared = cost.basis === 'allocated' && cost.idle === 'shared';
    const pick = (day: ScopeDay) => (isShared ? day.shared : day.own);
    const days = new Map<string, bigint>();
    for (const day of stored) {
      days.set(day.day, pick(day));
    }
    for (const { edge, cost: hours } of edges) {
      moveEdge(days, edge, pick(hours));
    }
    if (currency !== currencies.stored) {
      for (const [day, micros] of days) {
        days.set(
          day,
          exchange.convert(micros, currencies.stored, currency, day),
        );
      }
    }
    return days;
  }

  /** Of budgets whose days begin at another hour than those that are stored. */
  async #edges(
    asked: readonly AskedBudget[],
    read: (
      edges: Array<{ of: AskedBudget; edge: PeriodEdge }>,
    ) => Promise<ScopeDay[]>,
  ): Promise<Map<AskedBudget, ReadEdge[]>> {
    const { calendar } = this.#options;
    const edges = asked
      .filter(({ zone }) => zone !== calendar.zone)
      .flatMap(of =>
        of.begins.flatMap(first => {
          const edge = periodEdge(first, of.zone, calendar);
          return edge ? [{ of, edge }] : [];
        }),
      );
    const hours = edges.length > 0 ? await read(edges) : [];
    const byBudget = new Map<AskedBudget, ReadEdge[]>();
    edges.forEach(({ of, edge }, index) => {
      const known = byBudget.get(of) ?? [];
      known.push({ edge, cost: hours[index] });
      byBudget.set(of, known);
    });
    return byBudget;
  }

  /** Scopes have the same clusters again and again. */
  #coverages(covered: ClusterCoverage[], now: Date) {
    const { calendar, config, configured } = this.#options;
    const known = new Map<
      string,
      { whole: Coverage; knownFrom: string | undefined }
    >();
    return (names: string[]) => {
      const key = names.join('\n');
      let found = known.get(key);
      if (!found) {
        const clusters = covered.filter(({ cluster }) =>
          names.includes(cluster),
        );
        const firstDays = clusters.flatMap(({ firstDay }) => firstDay ?? []);
        found = {
          whole: Coverage.create({
            clusters,
            configured,
            calendar,
            closedUntil: closedUntil(now, config.ingest.settleMs),
            today: calendarDayOf(now, calendar.zone),
          }),
          knownFrom: firstDays.sort()[0],
        };
        known.set(key, found);
      }
      return found;
    };
  }
}
