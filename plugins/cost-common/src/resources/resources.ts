/**
 * What a cost is for. The order is the order of every stack, table and legend.
 * Load balancers count as `network`.
 *
 * @public
 */
export const RESOURCES = [
  'cpu',
  'memory',
  'gpu',
  'storage',
  'network',
] as const;

/** @public */
export type Resource = (typeof RESOURCES)[number];

/**
 * One exact amount a resource, in micros of one currency.
 *
 * @public
 */
export type ResourceMicros = Record<Resource, bigint>;

/** The capacity a node was bought as. @public */
export type CapacityType = 'on-demand' | 'spot';
