import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  buildKustomization,
  KubernetesJson,
} from '@headroom/plugin-scaling-common';
import { z } from 'zod';
import { Forge } from '../git/Forge';
import { ClusterClient, ObjectKey, objectKeySchema } from './ClusterClient';

/** Topics of a repository by which somebody asks for it to run in a cluster. */
const TOPIC = /^deploy-to-(.+)$/;
/** Where a repository has its manifests; the first that has a kustomization counts. */
const FOLDERS = ['deploy', 'manifests'];
/** What fails is tried again after this long: what it needs may come later. */
const AGAIN_MS = 15_000;

const applicationSchema = z.object({
  repository: z.string(),
  cluster: z.string(),
  /** The commit that was applied last. */
  revision: z.string().optional(),
  at: z.string(),
  /** What it has in the cluster. */
  objects: z.array(objectKeySchema),
  /** A sentence for each object that the cluster refused. */
  problems: z.array(z.string()),
});

/** A repository whose manifests a cluster follows. */
export type Application = z.infer<typeof applicationSchema>;

export interface ApplicationsOptions {
  forge: Forge;
  /** Kubernetes APIs by cluster. */
  urls: Readonly<Record<string, string>>;
  /** Where is kept what was applied. */
  directory: string;
  now: () => Date;
}

/**
 * Follows repositories on request, as a GitOps controller would: what the
 * kustomization of a repository's default branch says is applied to the clusters
 * that its topics `deploy-to-<cluster>` name, later commits too, and what it says no
 * more is deleted.
 */
export class Applications {
  readonly #options: ApplicationsOptions;
  #applications: Application[] = [];
  #last: Promise<unknown> = Promise.resolve();
  #timer?: NodeJS.Timeout;

  static async open(options: ApplicationsOptions): Promise<Applications> {
    const applications = new Applications(options);
    const file = applications.#file;
    if (existsSync(file)) {
      const text = await readFile(file, 'utf8');
      applications.#applications = z
        .array(applicationSchema)
        .parse(JSON.parse(text));
    }
    applications.#timer = setInterval(() => {
      for (const { repository, problems } of applications.#applications) {
        if (problems.length > 0) {
          void applications.sync(repository);
        }
      }
    }, AGAIN_MS);
    applications.#timer.unref();
    return applications;
  }

  private constructor(options: ApplicationsOptions) {
    this.#options = options;
  }

  get clusters(): string[] {
    return Object.keys(this.#options.urls);
  }

  of(repository: string): Application[] {
    return this.#applications.filter(each => each.repository === repository);
  }

  /** Asks for a repository to run in a cluster, or no more. */
  async ask(
    repository: string,
    cluster: string,
    wanted: boolean,
  ): Promise<void> {
    const { forge } = this.#options;
    const topic = `deploy-to-${cluster}`;
    const others = forge
      .record(repository)
      .topics.filter(each => each !== topic);
    await forge.setTopics(repository, wanted ? [...others, topic] : others);
    await this.sync(repository);
  }

  /** Brings the clusters to what a repository says now. */
  sync(repository: string): Promise<void> {
    const done = this.#last.then(() => this.#sync(repository));
    this.#last = done.catch(() => {});
    return done;
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#last;
  }

  async #sync(repository: string): Promise<void> {
    const asked = this.#options.forge
      .record(repository)
      .topics.flatMap(topic => TOPIC.exec(topic)?.[1] ?? []);
    const had = this.of(repository);
    const clusters = new Set([...asked, ...had.map(({ cluster }) => cluster)]);
    for (const cluster of clusters) {
      const before = had.find(each => each.cluster === cluster);
      const after = await this.#follow(
        repository,
        cluster,
        before,
        asked.includes(cluster),
      );
      this.#applications = [
        ...this.#applications.filter(each => each !== before),
        ...(after ? [after] : []),
      ];
    }
    if (clusters.size > 0) {
      await this.#save();
    }
  }

  async #follow(
    repository: string,
    cluster: string,
    before: Application | undefined,
    wanted: boolean,
  ): Promise<Application | undefined> {
    const { urls, now } = this.#options;
    const at = now().toISOString();
    const had = before?.objects ?? [];
    const base = { repository, cluster, at };
    const url = urls[cluster];
    if (!url) {
      const problem = `There is no cluster ${cluster}; there are ${this.clusters.join(
        ' and ',
      )}.`;
      return wanted ? { ...base, objects: [], problems: [problem] } : undefined;
    }
    const client = new ClusterClient(url);
    if (!wanted) {
      const problems = await client.deleteAll(had);
      return problems.length > 0
        ? { ...base, objects: had, problems }
        : undefined;
    }
    try {
      const { revision, objects } = await this.#read(repository);
      if (revision === undefined) {
        const problem = 'The repository has no commit on main yet.';
        return { ...base, objects: had, problems: [problem] };
      }
      const { applied, problems } = await client.applyAll(objects);
      const gone = had.filter(
        key =>
          !applied.some(each => isSame(each, key)) && problems.length === 0,
      );
      return {
        ...base,
        revision,
        // What was refused may be there from before.
        objects: problems.length === 0 ? applied : joined(applied, had),
        problems: [...problems, ...(await client.deleteAll(gone))],
      };
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      return {
        ...base,
        revision: before?.revision,
        objects: had,
        problems: [problem],
      };
    }
  }

  async #read(
    repository: string,
  ): Promise<{ revision?: string; objects: KubernetesJson[] }> {
    const git = this.#options.forge.repository(repository);
    const revision = await git.resolve('main');
    if (!revision) {
      return { objects: [] };
    }
    const tree = await git.tree(revision, true);
    const files = new Map<string, string>();
    for (const { path, type, sha } of tree) {
      if (
        type === 'blob' &&
        FOLDERS.some(each => path.startsWith(`${each}/`))
      ) {
        files.set(path, (await git.blob(sha)).toString());
      }
    }
    const folder = FOLDERS.find(each =>
      files.has(`${each}/kustomization.yaml`),
    );
    if (!folder) {
      throw new Error(
        'The repository has no kustomization.yaml in deploy/ or manifests/.',
      );
    }
    return { revision, objects: buildKustomization(files, folder) };
  }

  get #file(): string {
    return join(this.#options.directory, 'applications.json');
  }

  async #save(): Promise<void> {
    // Written beside and moved, so that a crash leaves no half of it.
    const beside = `${this.#file}.${process.pid}`;
    await writeFile(beside, `${JSON.stringify(this.#applications)}\n`);
    await rename(beside, this.#file);
  }
}

function isSame(a: ObjectKey, b: ObjectKey): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function joined(a: ObjectKey[], b: ObjectKey[]): ObjectKey[] {
  return [...a, ...b.filter(each => !a.some(other => isSame(other, each)))];
}
