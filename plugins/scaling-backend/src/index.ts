/**
 * The scaling back end: schedules that scale and advice that is applied, with plans,
 * guards, approvals and a ledger.
 *
 * @packageDocumentation
 */
export { scalingPlugin as default } from './plugin';
export * from './core/permissions/conditions';
export * from './core/permissions/rules';
