import {
  DefaultGithubCredentialsProvider,
  GithubIntegration,
  ScmIntegrationRegistry,
} from '@backstage/integration';
import { Octokit } from 'octokit';
import {
  Asked,
  forgeFailure,
  orBranchExists,
  orNothing,
  statusOf,
} from './forgeFailure';
import { NewBranch, PullRequest, RepositoryForge } from './RepositoryForge';

const READ = 'contents: read';
const WRITE = 'contents: write';
const PULL = 'pull_requests: write';

/** Asks for something of one repository. */
type GithubWork<T> = (
  octokit: Octokit,
  at: { owner: string; repo: string; request: { signal: AbortSignal } },
) => Promise<T>;

/** A repository of GitHub, or GitHub Enterprise. */
export class GithubForge implements RepositoryForge {
  readonly #octokit: () => Promise<Octokit>;
  readonly #repository: string;
  readonly #owner: string;
  readonly #repo: string;
  readonly #signal: AbortSignal;

  /** `repository`: `https://github.com/acme/web` */
  static of(options: {
    repository: string;
    path: [owner: string, repo: string];
    integration: GithubIntegration;
    integrations: ScmIntegrationRegistry;
    signal: AbortSignal;
  }): GithubForge {
    return new GithubForge(options);
  }

  private constructor({
    repository,
    path: [owner, repo],
    integration,
    integrations,
    signal,
  }: Parameters<typeof GithubForge.of>[0]) {
    this.#repository = repository;
    this.#owner = owner;
    this.#repo = repo;
    this.#signal = signal;
    const credentials =
      DefaultGithubCredentialsProvider.fromIntegrations(integrations);
    this.#octokit = async () => {
      const { token } = await credentials.getCredentials({ url: repository });
      return new Octokit({
        auth: token,
        baseUrl: integration.config.apiBaseUrl,
        // A write is never repeated behind our back, and nobody waits for minutes.
        retry: { enabled: false },
        throttle: { enabled: false },
        log: { debug() {}, info() {}, warn() {}, error() {} },
      });
    };
  }

  async head(branch: string): Promise<string | undefined> {
    return this.#orNothing(`The branch ${branch}`, async (octokit, at) => {
      const { data } = await octokit.rest.git.getRef({
        ...at,
        ref: `heads/${branch}`,
      });
      return data.object.sha;
    });
  }

  async file(revision: string, path: string): Promise<string | undefined> {
    return this.#orNothing(`The file ${path}`, async (octokit, at) => {
      const { data } = await octokit.rest.repos.getContent({
        ...at,
        path,
        ref: revision,
        mediaType: { format: 'raw' },
      });
      return String(data);
    });
  }

  async createBranch({
    revision,
    branch,
    path,
    content,
    message,
  }: NewBranch): Promise<void> {
    const asked = { what: `The commit ${revision}`, permission: WRITE };
    const commit = await this.#ask(
      { ...asked, writes: false },
      async (octokit, at) => {
        const base = await octokit.rest.git.getCommit({
          ...at,
          commit_sha: revision,
        });
        const tree = await octokit.rest.git.createTree({
          ...at,
          base_tree: base.data.tree.sha,
          tree: [{ path, mode: '100644', type: 'blob', content }],
        });
        // Nobody sees it before a branch has it.
        const made = await octokit.rest.git.createCommit({
          ...at,
          message,
          tree: tree.data.sha,
          parents: [revision],
        });
        return made.data.sha;
      },
    );
    await this.occupyBranch(branch, commit);
  }

  async occupyBranch(branch: string, revision: string): Promise<void> {
    await orBranchExists(
      this.#ask(
        { what: `The branch ${branch}`, permission: WRITE, writes: true },
        (octokit, at) =>
          octokit.rest.git.createRef({
            ...at,
            ref: `refs/heads/${branch}`,
            sha: revision,
          }),
      ),
      {
        branch,
        repository: this.#repository,
        isThere: async () => (await this.head(branch)) !== undefined,
      },
    );
  }

  async pullRequestOf(branch: string): Promise<PullRequest | undefined> {
    return this.#ask(
      { what: 'The repository', permission: PULL, writes: false },
      async (octokit, at) => {
        const { data } = await octokit.rest.pulls.list({
          ...at,
          head: `${this.#owner}:${branch}`,
          state: 'all',
          per_page: 1,
        });
        return data[0] && toPullRequest(data[0]);
      },
    );
  }

  async openPullRequest(options: {
    head: string;
    base: string;
    title: string;
    body: string;
  }): Promise<PullRequest> {
    return this.#ask(
      { what: 'The repository', permission: PULL, writes: true },
      async (octokit, at) => {
        const { data } = await octokit.rest.pulls.create({ ...at, ...options });
        return toPullRequest(data);
      },
    );
  }

  async #orNothing<T>(
    what: string,
    work: GithubWork<T>,
  ): Promise<T | undefined> {
    return orNothing(
      this.#ask({ what, permission: READ, writes: false }, work),
    );
  }

  async #ask<T>(
    asked: Omit<Asked, 'repository'>,
    work: GithubWork<T>,
  ): Promise<T> {
    try {
      return await work(await this.#octokit(), {
        owner: this.#owner,
        repo: this.#repo,
        request: { signal: this.#signal },
      });
    } catch (error) {
      const { status, said, retryAfterSeconds } = statusOf(error);
      throw forgeFailure(
        { ...asked, repository: this.#repository },
        status,
        said,
        retryAfterSeconds,
      );
    }
  }
}

function toPullRequest(pull: {
  html_url: string;
  state: string;
  merged_at: string | null;
}): PullRequest {
  const over = pull.merged_at ? 'merged' : 'closed';
  return { url: pull.html_url, state: pull.state === 'open' ? 'open' : over };
}
