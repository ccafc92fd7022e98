import { addDays, calendarDayOf, eachDay } from '@headroom/common';
import {
  billedSpan,
  BudgetDay,
  BudgetDefinition,
  BudgetEvaluation,
  budgetPeriodBefore,
  budgetPeriodOf,
  budgetScopeKey,
  evaluateBudget,
} from '@headroom/plugin-cost-common';
import { setImmediate } from 'node:timers/promises';
import { Calendar } from '../../core/Calendar';
import { CostConfig } from '../../core/config/CostConfig';
import { Currencies } from '../../core/Currencies';
import { closedUntil } from '../../core/hours';
import { Coverage } from '../../core/report/coverage';
import {
  BilledDay,
  BillQuestion,
  BudgetCosts,
} from '../../database/budgets/BudgetCostStore';
import { ScopeQuestion } from '../../database/budgets/budgetParts';
import { ScopeDay } from '../../database/budgets/scopeDays';
import { ClusterCoverage } from '../../database/ReportStore';
import { moveEdge, periodEdge, PeriodEdge } from './edges';
import { Exchange } from './Exchange';

/** Days before today that a forecast looks at. */
const LOOK_BACK_DAYS = 57;
/** Evaluations between which other work of the process runs. */
const PIECE = 50;

/** @internal */
export interface BudgetEvaluatorOptions {
  config: Pick<CostConfig, 'ingest'>;
  calendar: Calendar;
  currencies: Currencies;
  /** Names of the clusters that are read. */
  configured: ReadonlySet<string>;
}

/** Where an evaluation reads. */
export interface BudgetReading {
  costs: BudgetCosts;
  coverage: (from: string, to: string) => Promise<ClusterCoverage[]>;
  /** Systems of domains, by reference of the domain. */
  systems: ReadonlyMap<string, string[]>;
}

/** What is asked for beside the evaluation itself. */
export interface EvaluationOptions {
  now: Date;
  triedPeriods?: number;
  withCourse?: boolean;
}

/** A budget and what it came to. */
export type EvaluatedOne =
  | {
      evaluation: BudgetEvaluation;
      days: BudgetDay[];
      today: string;
      /** First day of which anything is known; absent = none. */
      knownFrom?: string;
    }
  | { problem: string };

interface Asked {
  budget: BudgetDefinition;
  today: string;
  zone: string;
  readFrom: string;
  /** First days of the periods whose cost has to be right to the hour. */
  begins: string[];
}

/** What days cost, in the currencies they are in. */
interface Facts {
  days: Map<string, bigint>;
  fixed: Map<string, bigint>;
  isComplete: (day: string) => boolean;
  knownFrom?: string;
  problem?: string;
}

const UNLINKED =
  'No workload was found that it is for, so nothing is known of its cost';
const NOTHING: Facts = {
  days: new Map(),
  fixed: new Map(),
  isComplete: () => false,
};

/** Evaluates many budgets with as many queries as one takes. */
export class BudgetEvaluator {
  readonly #options: BudgetEvaluatorOptions;
  readonly #exchange: Exchange;

  static create(options: BudgetEvaluatorOptions) {
    return new BudgetEvaluator(options);
  }

  private constructor(options: BudgetEvaluatorOptions) {
    this.#options = options;
    this.#exchange = Exchange.create(options);
  }

  /** In the order of budgets. */
  async evaluate(
    budgets: readonly BudgetDefinition[],
    reading: BudgetReading,
    options: EvaluationOptions,
  ): Promise<EvaluatedOne[]> {
    const asked = budgets.map(budget => this.#ask(budget, options));
    const facts = [
      ...(await this.#allocated(asked, reading, options.now)),
      ...(await this.#billed(asked, reading)),
    ];
    const byAsked = new Map(facts);
    const found: EvaluatedOne[] = [];
    for (const each of asked) {
      if (found.length % PIECE === PIECE - 1) {
        await setImmediate();
      }
      found.push(this.#evaluate(each, byAsked.get(each), options));
    }
    return found;
  }

  #ask(
    budget: BudgetDefinition,
    { now, triedPeriods = 0 }: EvaluationOptions,
  ): Asked {
    const zone = budget.period.zone ?? this.#options.calendar.zone;
    const today = calendarDayOf(now, zone);
    const period = budgetPeriodOf(budget.period, today);
    const begins = [period.start];
    let before = period;
    for (
      let index = 0;
      index < Math.max(triedPeriods, budget.carryOver === 'none' ? 0 : 1);
      index += 1
    ) {
      before = budgetPeriodBefore(budget.period, before);
      begins.push(before.start);
    }
    // A day more: its last hours may be the period's first.
    const readFrom = addDays(
      [before.start, addDays(today, -LOOK_BACK_DAYS)].sort()[0],
      -2,
    );
    return { budget, today, zone, readFrom, begins };
  }

  #evaluate(
    asked: Asked,
    facts: Facts | undefined,
    { triedPeriods, withCourse }: EvaluationOptions,
  ): EvaluatedOne {
    const { budget, today } = asked;
    if (!facts || facts.problem !== undefined) {
      return { problem: facts?.problem ?? 'Nothing is known of its cost' };
    }
    const days = toDays(asked, facts);
    const evaluation = evaluateBudget({
      budget,
      days,
      today,
      knownFrom: facts.knownFrom,
      triedPeriods,
      withCourse,
    });
    const { knownFrom } = facts;
    return { evaluation, days, today, ...(knownFrom && { knownFrom }) };
  }

  async #allocated(
    all: readonly Asked[],
    { costs, coverage, systems }: BudgetReading,
    now: Date,
  ): Promise<Array<[Asked, Facts]>> {
    const asked = all.filter(({ budget }) => budget.cost.basis === 'allocated');
    if (asked.length === 0) {
      return [];
    }
    const { questions, placeOf } = distinct(asked, systems);
    const days = await costs.days(questions);
    const clusters = await costs.clusters(questions);
    const from = questions.map(({ readFrom }) => readFrom).sort()[0];
    const covered = await coverage(
      from,
      addDays(calendarDayOf(now, this.#options.calendar.zone), 1),
    );
    const edges = this.#edgesOf(asked);
    const hours =
      edges.length > 0
        ? await costs.edges(
            questions,
            edges.map(({ of, edge }) => ({ ...edge, no: placeOf(of) + 1 })),
          )
        : [];
    const coverageOf = this.#coverages(covered, now);
    return asked.map(each => {
      const place = placeOf(each);
      if (clusters[place].length === 0) {
        return [each, { ...NOTHING, problem: UNLINKED }];
      }
      const pick = (day: ScopeDay) =>
        each.budget.cost.basis === 'allocated' &&
        each.budget.cost.idle === 'shared'
          ? day.shared
          : day.own;
      const byDay = new Map(days[place].map(day => [day.day, pick(day)]));
      edges.forEach(({ of, edge }, index) => {
        if (of === each) {
          moveEdge(byDay, edge, pick(hours[index]));
        }
      });
      const { whole, knownFrom } = coverageOf(clusters[place]);
      const { currency } = each.budget;
      return [
        each,
        {
          days: new Map(
            [...byDay].map(([day, micros]) => [
              day,
              this.#exchange.convert(
                micros,
                this.#options.currencies.stored,
                currency,
                day,
              ),
            ]),
          ),
          fixed: new Map(),
          isComplete: day => whole.complete(day),
          ...(knownFrom !== undefined && { knownFrom }),
        },
      ];
    });
  }

  #edgesOf(asked: readonly Asked[]): Array<{ of: Asked; edge: PeriodEdge }> {
    const { calendar } = this.#options;
    return asked
      .filter(({ zone }) => zone !== calendar.zone)
      .flatMap(of =>
        of.begins.flatMap(first => {
          const edge = periodEdge(first, of.zone, calendar);
          return edge ? [{ of, edge }] : [];
        }),
      );
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

  async #billed(
    all: readonly Asked[],
    { costs, systems }: BudgetReading,
  ): Promise<Array<[Asked, Facts]>> {
    const asked = all.filter(({ budget }) => budget.cost.basis !== 'allocated');
    if (asked.length === 0) {
      return [];
    }
    const span = billedSpan(await costs.billedThrough());
    if (!span) {
      const problem = 'No bill was read yet';
      return asked.map(each => [each, { ...NOTHING, problem }]);
    }
    const { questions, placeOf } = distinct(asked, systems);
    const days = await costs.billedDays(questions);
    return asked.map(each => [
      each,
      this.#billedFacts(each, days[placeOf(each)], span),
    ]);
  }

  #billedFacts(
    { budget }: Asked,
    billed: readonly BilledDay[],
    span: { first: string; last: string },
  ): Facts {
    const { currency, cost } = budget;
    const stranger = billed.find(each => !this.#exchange.knows(each.currency));
    if (stranger) {
      return {
        ...NOTHING,
        problem: `It is billed in ${stranger.currency}, for which there is no rate (headroom.exchangeRates)`,
      };
    }
    const days = new Map<string, bigint>();
    const fixed = new Map<string, bigint>();
    for (const each of billed) {
      const { day } = each;
      const convert = (micros: bigint) =>
        this.#exchange.convert(micros, each.currency, currency, day);
      const [amount, once] =
        cost.basis === 'billed'
          ? [each.billed, each.fixedBilled]
          : [each.effective, each.fixedEffective];
      days.set(day, (days.get(day) ?? 0n) + convert(amount));
      fixed.set(day, (fixed.get(day) ?? 0n) + convert(once));
    }
    return {
      days,
      fixed,
      // Of its newest day a bill rarely has everything, and none has what a late one will.
      isComplete: day => day >= span.first && day < span.last,
      knownFrom: span.first,
    };
  }
}

/** Every day from the first that is known, in the zone of the budget; what is later than today is today's. */
function toDays({ today, readFrom }: Asked, facts: Facts): BudgetDay[] {
  const late = [...facts.days.keys()].filter(day => day > today);
  const { knownFrom } = facts;
  const costly = [...facts.days.keys()].sort()[0] ?? addDays(today, 1);
  // What was not read is not known to have cost nothing.
  const from =
    knownFrom !== undefined && knownFrom > readFrom ? knownFrom : readFrom;
  const missing =
    knownFrom !== undefined && from < today
      ? eachDay(from, today).find(day => !facts.isComplete(day))
      : undefined;
  const begins = [costly, missing ?? costly].sort()[0];
  if (begins > today) {
    return [];
  }
  const first = begins > readFrom ? begins : readFrom;
  const at = (amounts: Map<string, bigint>, day: string) =>
    [day, ...(day === today ? late : [])].reduce(
      (sum, each) => sum + (amounts.get(each) ?? 0n),
      0n,
    );
  return eachDay(first, addDays(today, 1)).map(day => {
    const fixedMicros = at(facts.fixed, day);
    return {
      day,
      micros: at(facts.days, day),
      complete: day < today && facts.isComplete(day),
      ...(fixedMicros !== 0n && { fixedMicros }),
    };
  });
}

/** Each scope once, from the earliest day that any of its budgets asks for. */
function distinct(
  asked: readonly Asked[],
  systems: ReadonlyMap<string, string[]>,
): {
  questions: Array<ScopeQuestion & Pick<BillQuestion, 'tax' | 'credits'>>;
  placeOf: (each: Asked) => number;
} {
  const places = new Map<string, number>();
  const questions: Array<
    ScopeQuestion & Pick<BillQuestion, 'tax' | 'credits'>
  > = [];
  for (const { budget, readFrom } of asked) {
    const key = keyOf(budget);
    const place = places.get(key);
    if (place === undefined) {
      const { scope, cost } = budget;
      places.set(key, questions.length);
      questions.push({
        scope,
        readFrom,
        ...(scope.type === 'domain' && {
          systems: systems.get(scope.entityRef) ?? [],
        }),
        tax: cost.basis === 'allocated' || cost.tax,
        credits: cost.basis === 'allocated' || cost.credits,
      });
    } else if (readFrom < questions[place].readFrom) {
      questions[place] = { ...questions[place], readFrom };
    }
  }
  return {
    questions,
    placeOf: ({ budget }) => places.get(keyOf(budget)) ?? -1,
  };
}

function keyOf({ scope, cost }: BudgetDefinition): string {
  return cost.basis === 'allocated'
    ? budgetScopeKey(scope)
    : `${budgetScopeKey(scope)} ${cost.tax} ${cost.credits}`;
}
