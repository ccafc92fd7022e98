export * from './PrintedReport';
export * from './ReportTools';
