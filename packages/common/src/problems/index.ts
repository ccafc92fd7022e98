export * from './SourceProblem';
