export * from './currency';
export * from './exchangeRates';
export * from './readSchedule';
export * from './sayFrequency';
export * from './timezone';
export * from './parseSection';
