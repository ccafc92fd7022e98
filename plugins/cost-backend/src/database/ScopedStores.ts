import { Knex } from 'knex';
import { AdviceDecisionStore } from './AdviceDecisionStore';
import { AdviceReportStore } from './AdviceReportStore';
import { AllocationStore } from './AllocationStore';
import { AnomalyReportStore } from './AnomalyReportStore';
import { BillReportStore } from './BillReportStore';
import { BillSplitStore } from './BillSplitStore';
import { BudgetCostStore } from './budgets/BudgetCostStore';
import { BudgetScopeStore } from './budgets/BudgetScopeStore';
import { BudgetMemory } from './budgets/BudgetMemory';
import { BudgetStore } from './budgets/BudgetStore';
import { CapacityPriceStore } from './CapacityPriceStore';
import { CatalogStore } from './CatalogStore';
import { ChargeStore } from './ChargeStore';
import { CompletionReportStore } from './completion/CompletionReportStore';
import { EntityBillStore } from './EntityBillStore';
import { GpuMoneyStore } from './GpuMoneyStore';
import { GpuStore } from './GpuStore';
import { GuardOverrideStore } from './GuardOverrideStore';
import { MoneyStore } from './MoneyStore';
import { ReportStore } from './ReportStore';
import { ReviewReportStore } from './reviews/ReviewReportStore';
import { ask } from './ask';
import { Question } from './Question';
import { RuleStore } from './rules/RuleStore';
import { Scope, Whose } from './scope';
import { RunningStore } from './RunningStore';
import { SimilarServiceStore } from './SimilarServiceStore';
import { LinkedWorkloadStore } from './LinkedWorkloadStore';
import { WorkloadHourStore } from './WorkloadHourStore';

interface ScopedStoresOptions {
  knex: Knex;
  scope: Scope;
  /** Shared by all requests. */
  memory?: BudgetMemory;
}

/** All that pages read, as far as one scope goes, over one connection or pool. */
export class ScopedStores {
  readonly #knex: Knex;
  readonly #memory: BudgetMemory | undefined;
  readonly scope: Scope;
  readonly advice: AdviceReportStore;
  readonly allocations: AllocationStore;
  readonly budgets: BudgetStore;
  readonly budgetScopes: BudgetScopeStore;
  readonly anomalies: AnomalyReportStore;
  readonly capacityPrices: CapacityPriceStore;
  readonly catalog: CatalogStore;
  readonly charges: ChargeStore;
  readonly completion: CompletionReportStore;
  readonly decisions: AdviceDecisionStore;
  readonly entityBills: EntityBillStore;
  readonly gpuMoney: GpuMoneyStore;
  readonly gpus: GpuStore;
  readonly guardOverrides: GuardOverrideStore;
  readonly money: MoneyStore;
  readonly reports: ReportStore;
  readonly reviews: ReviewReportStore;
  /** Of everybody: only of those that `budgetScopes` says are covered. */
  readonly rules: RuleStore;
  readonly running: RunningStore;
  readonly similarServices: SimilarServiceStore;

  static create(options: ScopedStoresOptions) {
    return new ScopedStores(options);
  }

  private constructor(options: ScopedStoresOptions) {
    this.#knex = options.knex;
    this.#memory = options.memory;
    this.scope = options.scope;
    this.advice = AdviceReportStore.create(options);
    this.allocations = AllocationStore.create(options);
    this.budgets = BudgetStore.create(options);
    this.budgetScopes = BudgetScopeStore.create(options);
    this.anomalies = AnomalyReportStore.create(options);
    this.capacityPrices = CapacityPriceStore.create(options);
    this.catalog = CatalogStore.create(options);
    this.charges = ChargeStore.create(options);
    this.completion = CompletionReportStore.create(options);
    this.decisions = AdviceDecisionStore.create(options);
    this.entityBills = EntityBillStore.create(options);
    this.gpuMoney = GpuMoneyStore.create(options);
    this.gpus = GpuStore.create(options);
    this.guardOverrides = GuardOverrideStore.create(options);
    this.money = MoneyStore.create(options);
    this.reports = ReportStore.create(options);
    this.reviews = ReviewReportStore.create(options);
    this.rules = RuleStore.create(options);
    this.running = RunningStore.create(options);
    this.similarServices = SimilarServiceStore.create(options);
  }

  /** @throws NotAllowedError unless the caller may see everything. */
  get bills(): BillReportStore {
    return BillReportStore.create({ knex: this.#knex, scope: this.scope });
  }

  /** @throws NotAllowedError unless the caller may see everything. */
  get billSplits(): BillSplitStore {
    return BillSplitStore.create({ knex: this.#knex, scope: this.scope });
  }

  /** @throws NotAllowedError unless the caller may see everything. */
  get linkedWorkloads(): LinkedWorkloadStore {
    return LinkedWorkloadStore.create({ knex: this.#knex, scope: this.scope });
  }

  /** @throws NotAllowedError unless the caller may see everything. */
  get workloadHours(): WorkloadHourStore {
    return WorkloadHourStore.create({ knex: this.#knex, scope: this.scope });
  }

  /** What scopes cost as a whole: only of those that `budgetScopes` says are covered. */
  budgetCosts(timezone: string): BudgetCostStore {
    return BudgetCostStore.create({
      knex: this.#knex,
      timezone,
      inSnapshot: this.#knex.isTransaction,
    });
  }

  /** Asks for what one of the stores, or several together, can tell. */
  async ask<T>(question: Question<T>): Promise<T> {
    const { sql, bindings } = question;
    const { rows } = await ask(this.#knex, this.scope, sql, bindings);
    return question.read(rows);
  }

  /** Stores of the same caller, narrowed to a part of what they may see. */
  of(whose: Whose): ScopedStores {
    return ScopedStores.create({
      knex: this.#knex,
      scope: this.scope.of(whose),
      memory: this.#memory,
    });
  }
}
