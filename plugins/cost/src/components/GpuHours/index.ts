export * from './GpuHours';
