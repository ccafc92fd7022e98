export * from './OverrideButtons';
export * from './OverrideDialog';
export * from './OverrideNote';
