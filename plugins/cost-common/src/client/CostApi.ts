import { ClusterCheckEvent } from '@headroom/common';
import {
  AdviceDecision,
  AdviceDecisionRequest,
  AdviceDetail,
  AdviceReport,
} from '../reports/adviceReports';
import { CostEstimate } from '../estimates/costEstimate';
import {
  AnomalyExpectationRequest,
  AnomalyReport,
  AnomalyRow,
} from '../anomalies/anomalyReport';
import { BillPayers, BillPayersQuery } from '../bill/billPayers';
import { BillQuery, BillReport } from '../bill/billReport';
import { EntityBillQuery, EntityBillReport } from '../bill/entityBill';
import {
  BudgetChange,
  BudgetDrivers,
  BudgetList,
  BudgetQuery,
  BudgetReport,
  SavedBudget,
} from '../budgets/budgetReports';
import { CostRulesReport } from '../alerts/rules/ruleReport';
import { CompletionReport } from '../completion/completion';
import { Review, ReviewList, ReviewQuery } from '../review/review';
import { EstimateRequestInput } from '../estimates/estimateRequest';
import { RunningService } from '../estimates/runningService';
import { GpuReport } from '../reports/gpuReports';
import { LinkedWorkloads } from '../reports/links';
import { WorkloadHours, WorkloadHoursQuery } from '../reports/workloadHours';
import {
  CostSettings,
  FleetCostReport,
  FleetDimension,
  ServiceCostReport,
  SourcesReport,
  TeamCostReport,
} from '../reports/reports';
import { CostScope } from './CostScope';
import { AdviceFilter, FleetAdviceQuery } from './adviceQuery';

/**
 * Options of every request.
 *
 * @public
 */
export interface CostRequestOptions {
  /** Aborted when nobody waits for the answer any more. */
  signal?: AbortSignal;
  /**
   * Who asks: a Backstage token for the plugin `cost`. A front end says nothing,
   * its `fetchApi` adds the token of the user.
   */
  token?: string;
}

/**
 * What the cost back end answers. Every method rejects with a `ResponseError`
 * whose cause is named `NotAllowedError`, `NotFoundError`, `InputError` or
 * `ServiceUnavailableError`.
 *
 * @public
 */
export interface CostApi {
  /** What the pickers offer. */
  getSettings(options?: CostRequestOptions): Promise<CostSettings>;
  /** What one Component costs. */
  getServiceReport(
    entityRef: string,
    scope: CostScope,
    options?: CostRequestOptions,
  ): Promise<ServiceCostReport>;
  /** What runs of one Component at this moment, and what it costs as it is. */
  getRunning(
    entityRef: string,
    query: { currency?: string },
    options?: CostRequestOptions,
  ): Promise<RunningService>;
  /** What the services of a Group and of the groups below it cost. */
  getTeamReport(
    entityRef: string,
    scope: CostScope,
    options?: CostRequestOptions,
  ): Promise<TeamCostReport>;
  /** What everything costs, by one dimension. */
  getFleetReport(
    scope: CostScope,
    groupBy: FleetDimension,
    options?: CostRequestOptions,
  ): Promise<FleetCostReport>;
  /** The state of the sources. */
  getSources(options?: CostRequestOptions): Promise<SourcesReport>;
  /**
   * Which workload is which service's: of a workload that isn't in it, it is not
   * known. For callers that may read all costs.
   */
  getLinks(
    query: { cursor?: string },
    options?: CostRequestOptions,
  ): Promise<LinkedWorkloads>;
  /**
   * What workloads cost hour by hour, where everything of an hour is known. For
   * callers that may read all costs.
   */
  getWorkloadHours(
    query: WorkloadHoursQuery,
    options?: CostRequestOptions,
  ): Promise<WorkloadHours>;
  /**
   * Has a cluster checked: what there is, what is missing and what mends it.
   * Resolves when the check has ended, whatever it found; aborting stops it.
   */
  checkCluster(
    cluster: string,
    options: CostRequestOptions & {
      /** Called with each event as it comes. */
      onEvent: (event: ClusterCheckEvent) => void;
    },
  ): Promise<void>;
  /** Whether the GPUs of one Component work, or, without it, those of everything. */
  getGpuReport(
    scope: CostScope,
    entityRef?: string,
    options?: CostRequestOptions,
  ): Promise<GpuReport>;
  /** What cost too much: of one Component, of the services of a Group, or, without either, of everything. */
  getAnomalies(
    of?: { service: string } | { team: string },
    options?: CostRequestOptions,
  ): Promise<AnomalyReport>;
  /** Rules, and what is over them now. */
  getRules(options?: CostRequestOptions): Promise<CostRulesReport>;
  /** Says that an incident is expected. */
  expectAnomaly(
    id: number,
    expectation: AnomalyExpectationRequest,
    options?: CostRequestOptions,
  ): Promise<AnomalyRow>;
  /** Takes that back. */
  unexpectAnomaly(id: number, options?: CostRequestOptions): Promise<void>;
  /** What everything costs now against a baseline, and whether services are as good as they were. */
  getCompletion(options?: CostRequestOptions): Promise<CompletionReport>;
  /** Weeks that have a review. */
  getReviews(options?: CostRequestOptions): Promise<ReviewList>;
  /** How a closed week went, of all that the caller may see. */
  getReview(query: ReviewQuery, options?: CostRequestOptions): Promise<Review>;
  /** Every advice on the containers of one Component. */
  getServiceAdvice(
    entityRef: string,
    filter: AdviceFilter,
    options?: CostRequestOptions,
  ): Promise<AdviceReport>;
  /** One page of the advice on everything; totals are of all that match. */
  getFleetAdvice(
    query: FleetAdviceQuery,
    options?: CostRequestOptions,
  ): Promise<AdviceReport>;
  /** Advice as CSV: all there is on one Component or, without it, all on everything that matches. */
  getAdviceCsv(
    query: FleetAdviceQuery,
    entityRef?: string,
    options?: CostRequestOptions,
  ): Promise<Blob>;
  /** What one advice stands on. */
  getAdviceDetail(
    id: string,
    filter: Pick<AdviceFilter, 'currency'>,
    options?: CostRequestOptions,
  ): Promise<AdviceDetail>;
  /** Dismisses or snoozes an advice. */
  decideAdvice(
    id: string,
    decision: AdviceDecisionRequest,
    options?: CostRequestOptions,
  ): Promise<AdviceDecision>;
  /** Takes back what was decided about an advice. */
  undoAdviceDecision(id: string, options?: CostRequestOptions): Promise<void>;
  /** FOCUS charges as CSV, of one Component, of the Components of a Group and those below it or, without either, of everything. */
  getCharges(
    scope: CostScope,
    entityRef?: string,
    options?: CostRequestOptions,
  ): Promise<Blob>;
  /**
   * What providers bill for a month, the newest there is unless it is said
   * (`2026-11`), and how much of it is allocated. For callers that may read all costs.
   */
  getBill(query: BillQuery, options?: CostRequestOptions): Promise<BillReport>;
  /** Who pays for the bill of a month in one currency, a page of them. For callers that may read all costs. */
  getBillPayers(
    query: BillPayersQuery,
    options?: CostRequestOptions,
  ): Promise<BillPayers>;
  /** What an entity was billed itself, without its part of nodes. */
  getEntityBill(
    entityRef: string,
    query?: EntityBillQuery,
    options?: CostRequestOptions,
  ): Promise<EntityBillReport>;
  /**
   * Rows of the bill of a month (`2026-11`) as CSV, with charges of nodes replaced by
   * those that are allocated to services. For callers that may read all costs.
   */
  getBillCharges(month: string, options?: CostRequestOptions): Promise<Blob>;
  /** What pods that are to be created cost a month, and what else they might cost. */
  estimate(
    request: EstimateRequestInput,
    options?: CostRequestOptions,
  ): Promise<CostEstimate>;
  /** A page of the budgets whose cost the caller may see: of a group and all below it, of a service, of the caller's own teams, or of all. */
  getBudgets(
    query: BudgetQuery,
    options?: CostRequestOptions,
  ): Promise<BudgetList>;
  /** How one budget stands now. */
  getBudget(id: string, options?: CostRequestOptions): Promise<BudgetReport>;
  /** Who spends one budget: it sums every day of every service, so it takes longer than how the budget stands. */
  getBudgetDrivers(
    id: string,
    options?: CostRequestOptions,
  ): Promise<BudgetDrivers>;
  /** Makes a budget of an id of the caller's (a UUID), or changes the version that is named. */
  putBudget(
    id: string,
    change: BudgetChange,
    options?: CostRequestOptions,
  ): Promise<SavedBudget>;
  /** Removes a budget of the version that is named. */
  deleteBudget(
    id: string,
    version: number,
    options?: CostRequestOptions,
  ): Promise<void>;
}
