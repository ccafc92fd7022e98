/**
 * The one way in which Headroom changes the outside world: plans, guards, approvals,
 * fenced writes, undo and the ledger. It knows no plugin.
 *
 * @packageDocumentation
 */
export * from './actuators';
export * from './engine';
export * from './guards';
export * from './leases';
export * from './stores';
export * from './tables';
