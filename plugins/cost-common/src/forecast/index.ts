export * from './projectMonth';
