/**
 * How many units of a business metric a service produced in one hour.
 *
 * @public
 */
export interface UnitHour {
  hour: string;
  /** Catalog entity the units belong to, e.g. `component:default/akidb-rest`. */
  entityRef: string;
  /** Metric id from configuration, e.g. `requests` or `tokens`. */
  metric: string;
  /** Units that succeeded. */
  quantity: number;
  /** Units that failed, kept apart so that errors do not look like efficiency. */
  failed?: number;
}
