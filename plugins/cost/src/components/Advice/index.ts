export * from './EntityAdvice';
export * from './FleetAdvice';
