export * from './errorKind';
export * from './ReportFailed';
export * from './StatePage';
