export * from './ForecastMemory';
export { FORECAST_SENTENCES } from './forecastSentences';
export * from './Projection';
export * from './projectMonth';
export * from './projectPeriod';
