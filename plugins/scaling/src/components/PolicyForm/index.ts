export * from './EditPolicyPage';
export * from './NewPolicyPage';
