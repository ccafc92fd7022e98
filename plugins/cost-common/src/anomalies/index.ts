export * from './anomalyReport';
export * from './anomalySentence';
export * from './explainChange';
export * from './findCostAnomalies';
export * from './findSlowRises';
