export { EntityManifestsCard } from './EntityManifestsCard';
