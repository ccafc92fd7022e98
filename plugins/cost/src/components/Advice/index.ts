export * from './EntityAdvice';
export * from './FleetAdvice';
export * from './useSaving';
