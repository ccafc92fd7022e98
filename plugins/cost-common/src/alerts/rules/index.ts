export * from './costRule';
export * from './foldRule';
export * from './ruleReadings';
export * from './ruleReport';
