export { RepositoryActuator } from './RepositoryActuator';
export type { PullRequest } from './RepositoryForge';
