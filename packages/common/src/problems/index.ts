export * from './ProblemLog';
export * from './SourceProblem';
