export * from './InForceTable';
