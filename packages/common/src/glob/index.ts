export * from './glob';
