export * from './facts';
export * from './GuardLimits';
export * from './defaultLimits';
export { ALWAYS_PROTECTED } from './protectedNamespace';
