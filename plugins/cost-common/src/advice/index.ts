export * from './types';
export * from './request';
export * from './pools';
export { adviseContainer } from './adviseContainer';
export { needOf, needsOthers } from './needOf';
export { adviceFingerprint, sameAdvice } from './fingerprint';
export { explainAdvice } from './output/explainAdvice';
export { renderPatches, type AdvicePatches } from './output/renderPatches';
