export * from './currency';
export * from './exchangeRates';
export * from './timezone';
export * from './parseSection';
