import { ScmIntegrationRegistry } from '@backstage/integration';
import { ActuatorError } from '@headroom/plugin-controllers-node';
import { wordForge } from '@headroom/plugin-scaling-common';
import { GithubForge } from './GithubForge';
import { GitlabForge } from './GitlabForge';
import { RepositoryForge } from './RepositoryForge';

/** Milliseconds that one request to a forge may take. */
const TIMEOUT_MS = 20_000;

/**
 * The forge of a repository, by the integrations of the portal: nothing is asked of
 * a host that none of them is for.
 *
 * @throws ActuatorError `invalid` when there is none.
 */
export function forgeOf(
  repository: string,
  integrations: ScmIntegrationRegistry,
  signal: AbortSignal,
): RepositoryForge {
  const path = pathOf(repository);
  const github = integrations.github.byUrl(repository);
  if (github && path.length === 2) {
    return GithubForge.of({
      repository,
      path: [path[0], path[1]],
      integration: github,
      integrations,
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
  }
  const gitlab = integrations.gitlab.byUrl(repository);
  if (gitlab && path.length >= 2) {
    return GitlabForge.of({
      repository,
      project: path.join('/'),
      integration: gitlab,
      integrations,
      timeoutMs: TIMEOUT_MS,
    });
  }
  throw new ActuatorError({
    kind: 'invalid',
    said: wordForge('unknownHost', { repository }),
  });
}

function pathOf(repository: string): string[] {
  if (!URL.canParse(repository)) {
    return [];
  }
  const { pathname } = new URL(repository);
  return pathname
    .replace(/\.git$/, '')
    .split('/')
    .filter(Boolean)
    .map(decodeURIComponent);
}
