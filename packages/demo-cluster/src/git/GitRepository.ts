import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { GitError, runGit } from './runGit';

/** A change of a file; null takes it away. */
export interface FileChange {
  path: string;
  content: string | null;
}

/** Who made a commit, and when. */
export interface Signature {
  name: string;
  email: string;
  at: Date;
}

/** A commit as git has it. */
export interface Commit {
  sha: string;
  tree: string;
  parents: string[];
  message: string;
  author: { name: string; email: string; date: string };
}

/** A file or folder of a tree. */
export interface TreeEntry {
  path: string;
  mode: string;
  type: 'blob' | 'tree' | 'commit';
  sha: string;
  size?: number;
}

const SHA = /^[0-9a-f]{40}$/;
const BRANCH = /^(?!.*(\.\.|\/\/|@\{|\.lock$))[\w][\w./-]{0,200}$/;
/** A path inside a repository that leads nowhere else. */
const PATH =
  /^(?!.*(^|\/)\.{1,2}(\/|$))(?!.*(^|\/)\.git(\/|$))[^\0\n\t:"\\]{1,1000}$/;

/** A bare Git repository on disk. Every method throws {@link GitError}. */
export class GitRepository {
  readonly directory: string;

  /** Opens what is there, or makes one without a commit. */
  static async openOrInit(directory: string): Promise<GitRepository> {
    if (!existsSync(join(directory, 'HEAD'))) {
      await mkdir(directory, { recursive: true });
      await runGit(directory, [
        'init',
        '--bare',
        '--initial-branch=main',
        directory,
      ]);
    }
    return new GitRepository(directory);
  }

  /** Opens what is there, or makes one with these files on the branch `main`. */
  static async open(
    directory: string,
    first: { files: FileChange[]; by: Signature; message: string },
  ): Promise<GitRepository> {
    const isNew = !existsSync(join(directory, 'HEAD'));
    const repository = await GitRepository.openOrInit(directory);
    if (isNew) {
      const tree = await repository.writeTree(undefined, first.files);
      const commit = await repository.writeCommit({
        tree,
        parents: [],
        message: first.message,
        by: first.by,
      });
      await repository.createBranch('main', commit);
    }
    return repository;
  }

  private constructor(directory: string) {
    this.directory = directory;
  }

  /** The commit of a branch, or of a commit's own name; undefined when there is none. */
  async resolve(revision: string): Promise<string | undefined> {
    if (!SHA.test(revision) && !BRANCH.test(revision)) {
      return undefined;
    }
    const name = SHA.test(revision) ? revision : `refs/heads/${revision}`;
    try {
      const out = await this.#git([
        'rev-parse',
        '--verify',
        `${name}^{commit}`,
      ]);
      return out.toString().trim();
    } catch (error) {
      if (error instanceof GitError) {
        return undefined;
      }
      throw error;
    }
  }

  async branches(): Promise<Array<{ name: string; sha: string }>> {
    const out = await this.#git([
      'for-each-ref',
      '--format=%(refname:strip=2) %(objectname)',
      'refs/heads',
    ]);
    return lines(out).map(line => {
      const [name, sha] = line.split(' ');
      return { name, sha };
    });
  }

  async commit(sha: string): Promise<Commit> {
    const format = ['%H', '%T', '%P', '%an', '%ae', '%aI', '%B'].join('%n');
    const out = await this.#git([
      'show',
      '-s',
      `--format=${format}`,
      checked(sha),
    ]);
    const [id, tree, parents, name, email, date, ...message] = out
      .toString()
      .split('\n');
    return {
      sha: id,
      tree,
      parents: parents.split(' ').filter(Boolean),
      author: { name, email, date },
      message: message.join('\n').trim(),
    };
  }

  /** Everything of a tree, or what is at its top. */
  async tree(sha: string, recursive: boolean): Promise<TreeEntry[]> {
    const out = await this.#git([
      'ls-tree',
      '-l',
      '-z',
      ...(recursive ? ['-r', '-t'] : []),
      checked(sha),
    ]);
    return out
      .toString()
      .split('\0')
      .filter(Boolean)
      .map(line => {
        const [meta, path] = line.split('\t');
        const [mode, type, id, size] = meta.split(/ +/);
        return {
          path,
          mode,
          type: type as TreeEntry['type'],
          sha: id,
          ...(size !== '-' && { size: Number(size) }),
        };
      });
  }

  async blob(sha: string): Promise<Buffer> {
    return this.#git(['cat-file', 'blob', checked(sha)]);
  }

  /** The text of a file; undefined when there is none. */
  async file(revision: string, path: string): Promise<TreeEntry | undefined> {
    const sha = await this.resolve(revision);
    const all = sha ? await this.tree(sha, true) : [];
    return all.find(entry => entry.path === path && entry.type === 'blob');
  }

  /** `.tar.gz` of everything, under a folder. */
  async archive(sha: string, folder: string): Promise<Buffer> {
    return this.#git([
      'archive',
      '--format=tar.gz',
      `--prefix=${folder}/`,
      checked(sha),
    ]);
  }

  /** The latest commits of a branch, newest first. */
  async log(revision: string, most: number): Promise<Commit[]> {
    const sha = await this.resolve(revision);
    if (!sha) {
      return [];
    }
    const out = await this.#git(['rev-list', `--max-count=${most}`, sha]);
    return Promise.all(lines(out).map(each => this.commit(each)));
  }

  async diff(from: string, to: string): Promise<string> {
    const out = await this.#git([
      'diff',
      '--no-color',
      `${checked(from)}...${checked(to)}`,
    ]);
    return out.toString();
  }

  async writeBlob(content: string | Buffer): Promise<string> {
    const out = await this.#git(['hash-object', '-w', '--stdin'], {
      input: content,
    });
    return out.toString().trim();
  }

  /** @returns the tree of another one with changes. */
  async writeTree(
    base: string | undefined,
    changes: ReadonlyArray<FileChange | { path: string; sha: string }>,
  ): Promise<string> {
    const index = join(this.directory, `index-${randomUUID()}`);
    const env = { GIT_INDEX_FILE: index };
    try {
      await this.#git(['read-tree', base ? checked(base) : '--empty'], { env });
      const infos: string[] = [];
      for (const change of changes) {
        if (!PATH.test(change.path)) {
          throw new GitError(`'${change.path}' is no path of a repository`);
        }
        if ('sha' in change) {
          infos.push(`100644 ${checked(change.sha)}\t${change.path}`);
        } else if (change.content === null) {
          infos.push(`0 ${'0'.repeat(40)}\t${change.path}`);
        } else {
          infos.push(
            `100644 ${await this.writeBlob(change.content)}\t${change.path}`,
          );
        }
      }
      await this.#git(['update-index', '--index-info'], {
        env,
        input: infos.map(line => `${line}\n`).join(''),
      });
      const out = await this.#git(['write-tree'], { env });
      return out.toString().trim();
    } finally {
      await rm(index, { force: true });
    }
  }

  async writeCommit(options: {
    tree: string;
    parents: readonly string[];
    message: string;
    by: Signature;
  }): Promise<string> {
    const { tree, parents, message, by } = options;
    const date = by.at.toISOString();
    const out = await this.#git(
      [
        'commit-tree',
        checked(tree),
        ...parents.flatMap(parent => ['-p', checked(parent)]),
      ],
      {
        input: message,
        env: {
          GIT_AUTHOR_NAME: by.name,
          GIT_AUTHOR_EMAIL: by.email,
          GIT_AUTHOR_DATE: date,
          GIT_COMMITTER_NAME: by.name,
          GIT_COMMITTER_EMAIL: by.email,
          GIT_COMMITTER_DATE: date,
        },
      },
    );
    return out.toString().trim();
  }

  /** @returns false when there is a branch of that name already. */
  async createBranch(name: string, sha: string): Promise<boolean> {
    return this.#moveBranch(name, '0'.repeat(40), sha);
  }

  /** @returns false when the branch is not where it was expected. */
  async updateBranch(name: string, from: string, to: string): Promise<boolean> {
    return this.#moveBranch(name, checked(from), to);
  }

  async #moveBranch(name: string, from: string, to: string): Promise<boolean> {
    if (!BRANCH.test(name)) {
      throw new GitError(`'${name}' is no name of a branch`);
    }
    try {
      await this.#git(['update-ref', `refs/heads/${name}`, checked(to), from]);
      return true;
    } catch (error) {
      if (
        error instanceof GitError &&
        (await this.resolve(name)) !== undefined
      ) {
        return false;
      }
      throw error;
    }
  }

  #git(
    args: readonly string[],
    options?: { input?: string | Buffer; env?: Record<string, string> },
  ): Promise<Buffer> {
    return runGit(this.directory, args, options);
  }
}

function checked(sha: string): string {
  if (!SHA.test(sha)) {
    throw new GitError(`'${sha}' is no object of a repository`);
  }
  return sha;
}

function lines(out: Buffer): string[] {
  return out.toString().split('\n').filter(Boolean);
}
