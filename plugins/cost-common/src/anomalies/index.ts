export * from './anomalyReport';
export * from './anomalySentence';
export * from './explainChange';
export * from './findCostAnomalies';
export * from './findSlowRises';
export { RISE_BACK_DAYS } from './Weeks';
export type { RiseRule } from './Weeks';
