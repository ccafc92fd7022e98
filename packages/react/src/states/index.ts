export * from './errorKind';
export * from './ReportFailed';
export * from './retryUntilRead';
export * from './StatePage';
