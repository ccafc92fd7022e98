export * from './csvLine';
