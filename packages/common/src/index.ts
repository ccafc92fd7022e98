/**
 * What every plugin of Headroom may know, whatever it does. Pure: no clock, no
 * network, no database, no Backstage runtime.
 *
 * @packageDocumentation
 */
export * from './acting';
export * from './annotations';
export * from './anomalies';
export * from './checks';
export * from './csv';
export * from './endpoints';
export * from './forecast';
export * from './glob';
export * from './inventories';
export * from './labels';
export * from './links';
export * from './money';
export * from './problems';
export * from './quantities';
export * from './text';
export * from './time';
export * from './urls';
export * from './wording';
export * from './workloads';
