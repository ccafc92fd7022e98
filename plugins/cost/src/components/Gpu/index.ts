export * from './EntityGpu';
export * from './FleetGpu';
