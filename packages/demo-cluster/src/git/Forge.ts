import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { FileChange, GitRepository, Signature } from './GitRepository';

const changeRequestSchema = z.object({
  number: z.number().int().positive(),
  repository: z.string(),
  title: z.string(),
  body: z.string(),
  head: z.string(),
  base: z.string(),
  state: z.enum(['open', 'merged', 'closed']),
  createdAt: z.string(),
  mergedSha: z.string().optional(),
});

const recordSchema = z.object({
  name: z.string(),
  description: z.string(),
  topics: z.array(z.string()),
  createdAt: z.string(),
});

/** What is known of a repository beside its content. */
export type RepositoryRecord = z.infer<typeof recordSchema>;

/** `owner/name`, as GitHub lets them be called; nothing that leads elsewhere on disk. */
const REPOSITORY =
  /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,37}[A-Za-z0-9])?\/(?!\.{1,2}$)(?!.*\.git$)[\w.-]{1,100}$/;

/** A pull request, or a merge request. */
export type ChangeRequest = z.infer<typeof changeRequestSchema>;

/** What a repository begins with. */
export interface FirstRepository {
  /** `owner/name` */
  name: string;
  files: FileChange[];
}

/** What was merged: the files of the base branch that changed, as they are now. */
export interface Merged {
  repository: string;
  files: Array<{ path: string; text: string }>;
}

const BOT: Omit<Signature, 'at'> = {
  name: 'demo',
  email: 'demo@localhost.invalid',
};
const MOST_REPOSITORIES = 500;
/** Characters of a title and of a body. */
const LONGEST = { title: 300, body: 65_536 };

/** A refusal that a forge would answer with a status. */
export class ForgeError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Repositories on disk, and the pull requests of each. */
export class Forge {
  readonly #directory: string;
  readonly #now: () => Date;
  readonly #onMerged: (merged: Merged) => Promise<unknown>;
  readonly #repositories = new Map<string, GitRepository>();
  #requests: ChangeRequest[] = [];
  #records: RepositoryRecord[] = [];

  static async open(options: {
    directory: string;
    repositories: FirstRepository[];
    now: () => Date;
    onMerged?: (merged: Merged) => Promise<unknown>;
  }): Promise<Forge> {
    const forge = new Forge(options);
    await forge.#load(options.repositories);
    return forge;
  }

  private constructor(options: {
    directory: string;
    now: () => Date;
    onMerged?: (merged: Merged) => Promise<unknown>;
  }) {
    this.#directory = options.directory;
    this.#now = options.now;
    this.#onMerged = options.onMerged ?? (async () => {});
  }

  get names(): string[] {
    return [...this.#repositories.keys()];
  }

  /** Throws 404 when there is none. */
  repository(name: string): GitRepository {
    const repository = this.#repositories.get(name);
    if (!repository) {
      throw new ForgeError(404, 'Not Found');
    }
    return repository;
  }

  record(name: string): RepositoryRecord {
    this.repository(name);
    return (
      this.#records.find(each => each.name === name) ?? {
        name,
        description: '',
        topics: [],
        createdAt: new Date(0).toISOString(),
      }
    );
  }

  /** A repository without a commit. Throws 422 for a name that is taken, or that is none. */
  async create(asked: {
    name: string;
    description: string;
  }): Promise<RepositoryRecord> {
    const { name, description } = asked;
    if (!REPOSITORY.test(name)) {
      throw new ForgeError(422, `${name} is no name of a repository`);
    }
    if (this.#repositories.has(name)) {
      throw new ForgeError(422, 'name already exists on this account');
    }
    if (this.#records.length >= MOST_REPOSITORIES) {
      throw new ForgeError(422, 'The demo has no room for more repositories');
    }
    this.#repositories.set(name, await this.#openOrInit(name));
    const record = {
      name,
      description: description.slice(0, LONGEST.title),
      topics: [],
      createdAt: this.#now().toISOString(),
    };
    this.#records.push(record);
    await this.#saveRecords();
    return record;
  }

  async setTopics(name: string, topics: string[]): Promise<void> {
    const record = this.record(name);
    const others = this.#records.filter(each => each.name !== name);
    this.#records = [...others, { ...record, topics: [...new Set(topics)] }];
    await this.#saveRecords();
  }

  signature(): Signature {
    return { ...BOT, at: this.#now() };
  }

  requests(name: string): ChangeRequest[] {
    this.repository(name);
    return this.#requests.filter(({ repository }) => repository === name);
  }

  request(name: string, number: number): ChangeRequest {
    const found = this.requests(name).find(each => each.number === number);
    if (!found) {
      throw new ForgeError(404, 'Not Found');
    }
    return found;
  }

  /** Throws 409 when there is one of these branches, and 422 when they don't differ. */
  async openRequest(
    asked: Pick<
      ChangeRequest,
      'repository' | 'title' | 'body' | 'head' | 'base'
    >,
  ): Promise<ChangeRequest> {
    const repository = this.repository(asked.repository);
    const [head, base] = await Promise.all([
      repository.resolve(asked.head),
      repository.resolve(asked.base),
    ]);
    if (!head || !base) {
      throw new ForgeError(422, 'The branch does not exist');
    }
    if (head === base) {
      throw new ForgeError(
        422,
        `No commits between ${asked.base} and ${asked.head}`,
      );
    }
    const same = this.requests(asked.repository).find(
      each => each.state === 'open' && each.head === asked.head,
    );
    if (same) {
      throw new ForgeError(
        409,
        `A pull request already exists for ${asked.head}.`,
      );
    }
    const request: ChangeRequest = {
      ...asked,
      title: asked.title.slice(0, LONGEST.title),
      body: asked.body.slice(0, LONGEST.body),
      number: this.requests(asked.repository).length + 1,
      state: 'open',
      createdAt: this.#now().toISOString(),
    };
    this.#requests.push(request);
    await this.#save();
    return request;
  }

  /** Makes the merge commit; what runs follows it. Throws 405 when it is not open, 409 when it can't be merged. */
  async merge(name: string, number: number): Promise<ChangeRequest> {
    const request = this.request(name, number);
    if (request.state !== 'open') {
      throw new ForgeError(405, 'Pull Request is not mergeable');
    }
    const repository = this.repository(name);
    const base = await repository.resolve(request.base);
    const head = await repository.resolve(request.head);
    if (!base || !head) {
      throw new ForgeError(409, 'A branch of it is gone');
    }
    const files = await this.#changedBy(repository, head, base);
    const tree = await repository.writeTree(
      (
        await repository.commit(base)
      ).tree,
      files.map(({ path, text }) => ({ path, content: text })),
    );
    const merged = await repository.writeCommit({
      tree,
      parents: [base, head],
      message: `Merge #${number}: ${request.title}`,
      by: this.signature(),
    });
    if (!(await repository.updateBranch(request.base, base, merged))) {
      throw new ForgeError(409, 'Base branch was modified. Try again.');
    }
    request.state = 'merged';
    request.mergedSha = merged;
    await this.#save();
    await this.#onMerged({ repository: name, files });
    return request;
  }

  async close(name: string, number: number): Promise<ChangeRequest> {
    const request = this.request(name, number);
    if (request.state === 'open') {
      request.state = 'closed';
      await this.#save();
    }
    return request;
  }

  /** Files that a branch changed since its only commit's parent; 409 where the base changed them, too. */
  async #changedBy(repository: GitRepository, head: string, base: string) {
    const [parent] = (await repository.commit(head)).parents;
    const blobs = async (sha: string) =>
      new Map(
        (await repository.tree(sha, true))
          .filter(({ type }) => type === 'blob')
          .map(({ path, sha: blob }) => [path, blob]),
      );
    const [before, now, wanted] = await Promise.all(
      [parent ?? base, base, head].map(blobs),
    );
    const files: Merged['files'] = [];
    for (const [path, blob] of wanted) {
      if (before.get(path) !== blob) {
        if (now.get(path) !== before.get(path)) {
          throw new ForgeError(409, `Merge conflict in ${path}`);
        }
        files.push({ path, text: (await repository.blob(blob)).toString() });
      }
    }
    return files;
  }

  async #load(repositories: FirstRepository[]): Promise<void> {
    await mkdir(this.#directory, { recursive: true });
    for (const { name, files } of repositories) {
      const repository = await GitRepository.open(
        join(this.#directory, `${name}.git`),
        { files, by: this.signature(), message: 'First manifests' },
      );
      this.#repositories.set(name, repository);
    }
    this.#records = await this.#read(
      'repositories.json',
      z.array(recordSchema),
    );
    for (const { name } of this.#records) {
      if (!this.#repositories.has(name)) {
        this.#repositories.set(name, await this.#openOrInit(name));
      }
    }
    this.#requests = await this.#read(
      'pull-requests.json',
      z.array(changeRequestSchema),
    );
  }

  #openOrInit(name: string): Promise<GitRepository> {
    return GitRepository.openOrInit(join(this.#directory, `${name}.git`));
  }

  async #read<T>(file: string, schema: z.ZodType<T[]>): Promise<T[]> {
    const path = join(this.#directory, file);
    return existsSync(path)
      ? schema.parse(JSON.parse(await readFile(path, 'utf8')))
      : [];
  }

  #save(): Promise<void> {
    return this.#write('pull-requests.json', this.#requests);
  }

  #saveRecords(): Promise<void> {
    return this.#write('repositories.json', this.#records);
  }

  async #write(file: string, content: unknown): Promise<void> {
    // Written beside and moved, so that a crash leaves no half of it.
    const path = join(this.#directory, file);
    const beside = `${path}.${process.pid}`;
    await writeFile(beside, `${JSON.stringify(content)}\n`);
    await rename(beside, path);
  }
}
