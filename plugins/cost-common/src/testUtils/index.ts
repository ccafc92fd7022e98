/**
 * Usage that is made up or was measured, and what advice is held against: for
 * tests, benches and peers. No stable API.
 *
 * @packageDocumentation
 */
export { recomputeAdvice } from '../advice/recomputeAdvice';
export { RULE_MARGINS } from '../advice/request/candidates';
export * from './digestOfDay';
export * from './measuredLoads';
export * from './inEnglish';
