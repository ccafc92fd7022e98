export * from './LoadedSection';
export * from './ReportFrame';
export { Problems } from './Problems';
export { refreshWhileBackfilling } from './backfill';
