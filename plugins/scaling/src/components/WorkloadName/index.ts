export * from './WorkloadName';
