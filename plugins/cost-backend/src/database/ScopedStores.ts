import { Knex } from 'knex';
import { AdviceDecisionStore } from './AdviceDecisionStore';
import { AdviceReportStore } from './AdviceReportStore';
import { CatalogStore } from './CatalogStore';
import { ChargeStore } from './ChargeStore';
import { GpuMoneyStore } from './GpuMoneyStore';
import { GpuStore } from './GpuStore';
import { MoneyStore } from './MoneyStore';
import { ReportStore } from './ReportStore';
import { Scope, Whose } from './scope';

/** All that pages read, as far as one scope goes, over one connection or pool. */
export class ScopedStores {
  readonly #knex: Knex;
  readonly scope: Scope;
  readonly advice: AdviceReportStore;
  readonly catalog: CatalogStore;
  readonly charges: ChargeStore;
  readonly decisions: AdviceDecisionStore;
  readonly gpuMoney: GpuMoneyStore;
  readonly gpus: GpuStore;
  readonly money: MoneyStore;
  readonly reports: ReportStore;

  static create(options: { knex: Knex; scope: Scope }) {
    return new ScopedStores(options);
  }

  private constructor(options: { knex: Knex; scope: Scope }) {
    this.#knex = options.knex;
    this.scope = options.scope;
    this.advice = AdviceReportStore.create(options);
    this.catalog = CatalogStore.create(options);
    this.charges = ChargeStore.create(options);
    this.decisions = AdviceDecisionStore.create(options);
    this.gpuMoney = GpuMoneyStore.create(options);
    this.gpus = GpuStore.create(options);
    this.money = MoneyStore.create(options);
    this.reports = ReportStore.create(options);
  }

  /** Stores of the same caller, narrowed to a part of what they may see. */
  of(whose: Whose): ScopedStores {
    return ScopedStores.create({
      knex: this.#knex,
      scope: this.scope.of(whose),
    });
  }
}
