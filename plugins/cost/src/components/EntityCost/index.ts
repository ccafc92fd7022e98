export * from './EntityCost';
