export * from './ReasonDialog';
export * from './useKeptFocus';
