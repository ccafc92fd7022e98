export * from './findPolicy';
export * from './IssueList';
export * from './NewPolicyButton';
export * from './PoliciesPage';
export * from './PolicyPage';
export * from './PolicyTable';
