export * from './focusCharge';
export * from './focusCsv';
export * from './FocusSplitter';
export * from './splitRatios';
