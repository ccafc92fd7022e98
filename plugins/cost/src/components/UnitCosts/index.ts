export * from './UnitCosts';
export { knownUnits } from './knownUnits';
