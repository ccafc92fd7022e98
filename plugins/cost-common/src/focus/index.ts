export * from './focusCharge';
export * from './focusCsv';
