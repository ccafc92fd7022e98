export * from './Savings';
