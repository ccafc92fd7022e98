import { LoggerService } from '@backstage/backend-plugin-api';
import { Fence } from '@headroom/node';
import {
  BUDGET_ANNOTATION,
  RULE_DAY_HOURS,
  RuleDayShare,
} from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { CostConfig } from '../../core/config/CostConfig';
import { ConfiguredRule } from '../../core/config/readRules';
import { Currencies } from '../../core/Currencies';
import { addHours, closedUntil } from '../../core/hours';
import { BudgetScopeStore } from '../../database/budgets/BudgetScopeStore';
import { BudgetStore } from '../../database/budgets/BudgetStore';
import { HourSpan, RuleInputStore } from '../../database/rules/RuleInputStore';
import { RuleStore } from '../../database/rules/RuleStore';
import { INTERNAL } from '../../database/scope';
import { collectBudgets } from '../budgets/collectBudgets';
import { Exchange } from '../budgets/Exchange';
import { dayShares } from './dayShares';
import { RuleRound } from './RuleRound';

/** Beyond how long late data is accepted: a turn may be late itself. */
const SPARE_HOURS = 6;

/** @internal */
export interface RuleJobOptions {
  knex: Knex;
  fence: Fence;
  config: Pick<
    CostConfig,
    'alerts' | 'bill' | 'budgets' | 'ingest' | 'timezone'
  >;
  currencies: Currencies;
  logger: LoggerService;
  now: () => Date;
}

/**
 * Judges closed hours of services, teams and clusters by the rules. Hours that may come
 * late or be restated are judged again each time; running it twice changes nothing, and
 * while nothing was read since, it does nothing.
 */
export class RuleJob {
  readonly #options: RuleJobOptions;
  readonly #input: RuleInputStore;
  readonly #store: RuleStore;
  readonly #budgets: BudgetStore;
  readonly #scopes: BudgetScopeStore;
  readonly #exchange: Exchange;
  readonly #rules: ConfiguredRule[];
  /** What the last turn has seen. */
  #seen: string | undefined;

  static create(options: RuleJobOptions) {
    return new RuleJob(options);
  }

  private constructor(options: RuleJobOptions) {
    const { knex } = options;
    this.#options = options;
    this.#input = RuleInputStore.create({ knex });
    this.#store = RuleStore.create({ knex });
    this.#budgets = BudgetStore.create({ knex });
    this.#scopes = BudgetScopeStore.create({ knex, scope: INTERNAL });
    this.#exchange = Exchange.create(options);
    this.#rules = options.config.alerts.watch.filter(({ enabled }) => enabled);
  }

  async run(signal: AbortSignal): Promise<void> {
    const { fence, logger, now } = this.#options;
    const at = now();
    const span = this.#span(at);
    const shares = await this.#shares(at);
    const seen = JSON.stringify([
      span,
      await this.#input.version(span),
      [...shares].map(([key, { micros, withIdle }]) => [
        key,
        micros.toString(),
        withIdle,
      ]),
    ]);
    if (seen === this.#seen) {
      return;
    }
    const round = RuleRound.create({
      rules: this.#rules,
      span,
      stored: await this.#store.states(),
      shares,
      now: at.toISOString(),
    });
    await this.#input.read(span, read => round.judgeAll(read, signal));
    const result = round.result();
    await this.#store.keep(result, fence, at);
    this.#seen = seen;
    logger.debug(
      `Judged ${round.subjects} services, teams and clusters by rules: ${result.events.length} began or ended`,
    );
  }

  /** What a day comes to is known of the last of its first 24 hours. */
  #span(now: Date): HourSpan {
    const { ingest } = this.#options.config;
    const to = closedUntil(now, ingest.settleMs);
    const held = Math.max(1, ...this.#rules.map(({ holdHours }) => holdHours));
    const hours =
      RULE_DAY_HOURS - 1 + held + ingest.lateHorizonHours + SPARE_HOURS;
    return { from: addHours(to, -hours), to };
  }

  async #shares(now: Date): Promise<Map<string, RuleDayShare>> {
    const { config, currencies } = this.#options;
    // What can't be understood of them is said where budgets are evaluated.
    const { budgets } = collectBudgets({
      config: config.budgets,
      stored: await this.#budgets.all(),
      declaring: await this.#scopes.declaring(BUDGET_ANNOTATION),
      known: { currencies: currencies.all, tags: config.bill.tags },
    });
    return dayShares(
      budgets
        .filter(({ problem, overruledBy }) => !problem && !overruledBy)
        .map(({ budget }) => budget),
      now,
      config.timezone,
      (micros, currency, day) =>
        this.#exchange.convert(micros, currency, currencies.stored, day),
    );
  }
}
