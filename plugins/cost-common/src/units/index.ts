export * from './explainChange';
export * from './unitCost';
export * from './units';
