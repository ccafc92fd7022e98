export { ClusterCheck } from './ClusterCheck';
