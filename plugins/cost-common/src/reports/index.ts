export * from './reports';
export * from './adviceReports';
export * from './gpuReports';
