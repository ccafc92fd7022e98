export * from './reports';
export * from './targets';
