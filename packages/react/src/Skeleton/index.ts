export * from './Block';
export * from './ReportSkeleton';
export * from './RowsSkeleton';
