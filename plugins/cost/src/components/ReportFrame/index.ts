export * from './ReportFrame';
export { Problems } from './Problems';
