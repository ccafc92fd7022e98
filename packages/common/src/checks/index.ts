export * from './clusterCheck';
