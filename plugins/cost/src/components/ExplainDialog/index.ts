export * from './ExplainDialog';
