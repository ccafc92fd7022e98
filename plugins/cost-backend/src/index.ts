/**
 * The cost back end: ingests usage and prices, allocates them, and serves what
 * every service costs.
 *
 * @packageDocumentation
 */
export { costPlugin as default } from './plugin';
export * from './core/permissions/conditions';
export * from './core/permissions/rules';
