export * from './UnitCosts';
