export * from './unitCost';
export * from './units';
