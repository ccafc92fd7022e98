export * from './links';
export * from './workloadHours';
export * from './reports';
export * from './adviceReports';
export * from './gpuReports';
