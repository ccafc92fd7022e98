export * from './Movers';
