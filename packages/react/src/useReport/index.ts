export * from './useReport';
