import {
  DefaultGitlabCredentialsProvider,
  GitLabIntegration,
  ScmIntegrationRegistry,
} from '@backstage/integration';
import { Gitlab } from '@gitbeaker/rest';
import {
  Asked,
  forgeFailure,
  orBranchExists,
  orNothing,
  statusOf,
} from './forgeFailure';
import { NewBranch, PullRequest, RepositoryForge } from './RepositoryForge';

type Client = InstanceType<typeof Gitlab<false>>;

const READ = 'the scope read_api';
const WRITE = 'the scope api and the role Developer';

/** A project of GitLab. */
export class GitlabForge implements RepositoryForge {
  readonly #client: () => Promise<Client>;
  readonly #repository: string;
  readonly #project: string;

  /** `project`: `acme/platform/web` */
  static of(options: {
    repository: string;
    project: string;
    integration: GitLabIntegration;
    integrations: ScmIntegrationRegistry;
    timeoutMs: number;
  }): GitlabForge {
    return new GitlabForge(options);
  }

  private constructor({
    repository,
    project,
    integration,
    integrations,
    timeoutMs,
  }: Parameters<typeof GitlabForge.of>[0]) {
    this.#repository = repository;
    this.#project = project;
    const credentials =
      DefaultGitlabCredentialsProvider.fromIntegrations(integrations);
    this.#client = async () => {
      const { token } = await credentials.getCredentials({ url: repository });
      return new Gitlab({
        host: integration.config.baseUrl,
        token: token ?? '',
        queryTimeout: timeoutMs,
      });
    };
  }

  async head(branch: string): Promise<string | undefined> {
    return this.#orNothing(`The branch ${branch}`, async client => {
      const { commit } = await client.Branches.show(this.#project, branch);
      return String(commit.id);
    });
  }

  async file(revision: string, path: string): Promise<string | undefined> {
    return this.#orNothing(`The file ${path}`, async client => {
      const { content } = await client.RepositoryFiles.show(
        this.#project,
        path,
        revision,
      );
      return Buffer.from(content, 'base64').toString();
    });
  }

  async createBranch({
    revision,
    branch,
    path,
    content,
    message,
  }: NewBranch): Promise<void> {
    await this.#makeBranch(branch, client =>
      client.Commits.create(
        this.#project,
        branch,
        message,
        [{ action: 'update', filePath: path, content }],
        { startSha: revision },
      ),
    );
  }

  async occupyBranch(branch: string, revision: string): Promise<void> {
    await this.#makeBranch(branch, client =>
      client.Branches.create(this.#project, branch, revision),
    );
  }

  async pullRequestOf(branch: string): Promise<PullRequest | undefined> {
    return this.#ask(
      { what: 'The project', permission: READ, writes: false },
      async client => {
        const [request] = await client.MergeRequests.all({
          projectId: this.#project,
          sourceBranch: branch,
          orderBy: 'created_at',
          sort: 'desc',
          perPage: 1,
          maxPages: 1,
        });
        return request && toPullRequest(request);
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
      { what: 'The project', permission: WRITE, writes: true },
      async client =>
        toPullRequest(
          await client.MergeRequests.create(
            this.#project,
            options.head,
            options.base,
            options.title,
            { description: options.body },
          ),
        ),
    );
  }

  async #makeBranch(
    branch: string,
    work: (client: Client) => Promise<unknown>,
  ): Promise<void> {
    await orBranchExists(
      this.#ask(
        { what: `The branch ${branch}`, permission: WRITE, writes: true },
        work,
      ),
      {
        branch,
        repository: this.#repository,
        isThere: async () => (await this.head(branch)) !== undefined,
      },
    );
  }

  async #orNothing<T>(
    what: string,
    work: (client: Client) => Promise<T>,
  ): Promise<T | undefined> {
    return orNothing(
      this.#ask({ what, permission: READ, writes: false }, work),
    );
  }

  async #ask<T>(
    asked: Omit<Asked, 'repository'>,
    work: (client: Client) => Promise<T>,
  ): Promise<T> {
    try {
      return await work(await this.#client());
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

function toPullRequest(request: {
  web_url: unknown;
  state: unknown;
}): PullRequest {
  const over = request.state === 'merged' ? 'merged' : 'closed';
  return {
    url: String(request.web_url),
    state: request.state === 'opened' ? 'open' : over,
  };
}
