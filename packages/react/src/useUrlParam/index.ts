export * from './useUrlParam';
