import { createApiRef } from '@backstage/core-plugin-api';
import {
  CostSettings,
  FleetCostReport,
  FleetDimension,
  ServiceCostReport,
  SourcesReport,
  TeamCostReport,
} from '@headroom/plugin-cost-common';
import { CostScope } from '../scope';

/**
 * Options of every request.
 *
 * @public
 */
export interface CostRequestOptions {
  /** Aborted when nobody waits for the answer any more. */
  signal?: AbortSignal;
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
  /** FOCUS charges as CSV, of one Component or, without it, of everything. */
  getCharges(
    scope: CostScope,
    entityRef?: string,
    options?: CostRequestOptions,
  ): Promise<Blob>;
}

/**
 * Gives access to the cost back end.
 *
 * @public
 */
export const costApiRef = createApiRef<CostApi>({ id: 'plugin.cost.api' });
