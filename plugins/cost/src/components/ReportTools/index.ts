export * from './ReportTools';
export * from './usePrintStyles';
