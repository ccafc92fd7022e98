export * from './types';
export * from './request';
export { adviseContainer } from './adviseContainer';
export { recomputeAdvice } from './recomputeAdvice';
