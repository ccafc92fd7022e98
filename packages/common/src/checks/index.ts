export * from './clusterCheck';
export * from './toFinding';
