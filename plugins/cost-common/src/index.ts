/**
 * Allocation, windows, money and the shapes of cost reports.
 *
 * @packageDocumentation
 */
export * from './money';
export * from './resources/resources';
export * from './observations/observations';
export * from './units';
export * from './allocation';
export * from './nodes';
export * from './podBilling';
export * from './prices';
export * from './reports';
export * from './client';
export * from './estimates';
export * from './focus';
export * from './guard';
export * from './opencost';
export * from './alerts';
export * from './anomalies';
export * from './bill';
export * from './budgets';
export * from './review';
export * from './serviceLevels';
export * from './completion';
export * from './permissions/permissions';
export * from './digests';
export * from './advice';
export * from './gpu';
export * from './problems';
export * from './checks';
export * from './costSentences';
