/**
 * Allocations from an OpenCost or Kubecost that is already there.
 *
 * @packageDocumentation
 */
export { costModuleOpenCost as default } from './module';
export * from './OpenCostSource';
