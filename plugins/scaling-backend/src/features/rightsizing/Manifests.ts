import {
  LoggerService,
  UrlReaderService,
  UrlReaderServiceReadTreeResponse,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { ScmIntegrationRegistry } from '@backstage/integration';
import { RepositoryTarget, Worded } from '@headroom/common';
import {
  editManifest,
  ManifestEdit,
  ManifestWish,
  RepositoryFile,
  sayManifest,
  wordRightsizing,
} from '@headroom/plugin-scaling-common';
import { LinkedEntity } from '../../database/LinkStore';
import { fits } from './readRightsizingConfig';
import { ManifestSource } from './RightsizingConfig';

/** Where an entity says that its manifests are; before rules and the source of its code. */
export const MANIFESTS_ANNOTATION = 'headroom.io/manifests';
const SOURCE_ANNOTATION = 'backstage.io/source-location';

/** Files of a repository that are read at most, and characters of all of them. */
const MOST_FILES = 5000;
/** Folders that are remembered: 128 million characters at most. */
const MOST_FOLDERS = 4;
const MOST_CHARACTERS = 32 * 2 ** 20;
const LARGEST_FILE = 512 * 1024;

/** A place in a repository, as a person opens it in the forge. */
interface Place {
  /** `https://github.com/acme/web` */
  repository: string;
  branch: string;
  /** From the top of the repository; empty = all of it. */
  folder: string;
  url: string;
}

/** Where an advice would be taken in Git. */
export type FoundInGit =
  | {
      target: RepositoryTarget;
      edit: Exclude<ManifestEdit, { reason: Worded }>;
    }
  | { reason: Worded };

/** What was read of a folder, at a commit. */
interface ReadFolder {
  files: RepositoryFile[];
  /** There are more than are read. */
  isPart: boolean;
  revision: string;
}

/** Finds the manifest of a workload through the integrations of the portal. */
export class Manifests {
  readonly #urlReader: UrlReaderService;
  readonly #integrations: ScmIntegrationRegistry;
  readonly #sources: readonly ManifestSource[];
  readonly #logger: LoggerService;
  /** By URL, the one read longest ago first. */
  readonly #known = new Map<string, ReadFolder>();

  static create(options: {
    urlReader: UrlReaderService;
    integrations: ScmIntegrationRegistry;
    sources: readonly ManifestSource[];
    logger: LoggerService;
  }): Manifests {
    return new Manifests(options);
  }

  private constructor(options: Parameters<typeof Manifests.create>[0]) {
    this.#urlReader = options.urlReader;
    this.#integrations = options.integrations;
    this.#sources = options.sources;
    this.#logger = options.logger;
  }

  async find(
    cluster: string,
    wish: Omit<ManifestWish, 'repository'>,
    entity: LinkedEntity | undefined,
    signal: AbortSignal,
  ): Promise<FoundInGit> {
    const { namespace } = wish.workload;
    const url = this.#urlOf({ cluster, namespace }, entity);
    if (!url) {
      return { reason: wordRightsizing('noSource') };
    }
    const place = this.#placeOf(url);
    if (!place) {
      return { reason: wordRightsizing('noBranch', { url }) };
    }
    const { repository, branch, folder } = place;
    let read: ReadFolder;
    try {
      read = await this.#read(place, signal);
    } catch (error) {
      signal.throwIfAborted();
      this.#logger.warn(`${url} could not be read: ${toError(error).message}`);
      return { reason: wordRightsizing('notRead', { repository }) };
    }
    const { files, isPart, revision } = read;
    const edit = editManifest(files, { ...wish, repository });
    if ('reason' in edit) {
      return isPart ? { reason: wordRightsizing('tooMany', { url }) } : edit;
    }
    const path = folder ? `${folder}/${edit.path}` : edit.path;
    return {
      target: {
        type: 'repository',
        repository,
        branch,
        revision,
        path,
        document: edit.document,
      },
      edit: { ...edit, path },
    };
  }

  /**
   * All manifests of a folder, to be read and not to be written; which of several
   * `find` would take them from, whatever they hold.
   */
  async readAll(
    at: { cluster: string; namespace: string },
    entity: LinkedEntity | undefined,
    signal: AbortSignal,
  ): Promise<
    | {
        url: string;
        files: readonly RepositoryFile[];
        isPart: boolean;
        /** It is the service's own, not one that many share. */
        isOwn: boolean;
      }
    | { reason: Worded }
  > {
    const url = this.#urlOf(at, entity);
    if (!url) {
      return { reason: sayManifest('noSource') };
    }
    const place = this.#placeOf(url);
    if (!place) {
      return { reason: wordRightsizing('noBranch', { url }) };
    }
    try {
      const { files, isPart } = await this.#read(place, signal);
      const isOwn = !this.#sources.some(source => source.url === url);
      return { url, files, isPart, isOwn };
    } catch (error) {
      signal.throwIfAborted();
      this.#logger.warn(`${url} could not be read: ${toError(error).message}`);
      const { repository } = place;
      return { reason: wordRightsizing('notRead', { repository }) };
    }
  }

  /** What the entity says itself, then what the configuration does, then where its code is. */
  #urlOf(
    at: { cluster: string; namespace: string },
    entity: LinkedEntity | undefined,
  ): string | undefined {
    const annotations = entity?.annotations ?? {};
    const urlOf = (text: string | undefined) => text?.replace(/^url:/, '');
    const own = urlOf(annotations[MANIFESTS_ANNOTATION]);
    const configured = this.#sources.find(source => fits(source, at))?.url;
    const code = urlOf(annotations[SOURCE_ANNOTATION]);
    // An annotation leads nowhere but to where the service's own code, or what
    // operators have named, is: the portal may write to repositories of others.
    const trusted = [code, ...this.#sources.map(({ url }) => url)].map(homeOf);
    return own && trusted.includes(homeOf(own)) ? own : configured ?? code;
  }

  #placeOf(url: string): Place | undefined {
    // Nothing is asked of a host that no integration is for.
    const known =
      this.#integrations.github.byUrl(url) ??
      this.#integrations.gitlab.byUrl(url);
    const match =
      /^(https?:\/\/[^/]+\/.+?)\/(?:-\/)?(?:tree|blob)\/([^/]+)(?:\/(.*?))?\/?$/.exec(
        url,
      );
    const { username, password } = URL.canParse(url)
      ? new URL(url)
      : { username: '', password: '' };
    return known && match && !username && !password
      ? {
          repository: match[1],
          branch: decodeURIComponent(match[2]),
          folder: match[3] ?? '',
          url,
        }
      : undefined;
  }

  /** The files of a folder; those of before while its commit is the same. */
  async #read({ url }: Place, signal: AbortSignal): Promise<ReadFolder> {
    const known = this.#known.get(url);
    try {
      const tree = await this.#urlReader.readTree(url, {
        filter: (path, info) =>
          /\.ya?ml$/.test(path) && (info?.size ?? 0) <= LARGEST_FILE,
        ...(known && { etag: known.revision }),
        signal,
      });
      const read = { ...(await readFiles(tree)), revision: tree.etag };
      this.#known.delete(url);
      this.#known.set(url, read);
      const [oldest] = this.#known.keys();
      if (this.#known.size > MOST_FOLDERS) {
        this.#known.delete(oldest);
      }
      return read;
    } catch (error) {
      if (known && toError(error).name === 'NotModifiedError') {
        return known;
      }
      throw error;
    }
  }
}

/** The forge and the owner of a repository: `github.com/acme`. */
function homeOf(url: string | undefined): string | undefined {
  if (!url || !URL.canParse(url)) {
    return undefined;
  }
  const { host, pathname } = new URL(url);
  const [owner] = pathname.split('/').filter(Boolean);
  return owner && `${host}/${owner}`.toLocaleLowerCase('en-US');
}

async function readFiles(
  tree: UrlReaderServiceReadTreeResponse,
): Promise<Pick<ReadFolder, 'files' | 'isPart'>> {
  const all = await tree.files();
  const files: RepositoryFile[] = [];
  let characters = 0;
  for (const file of all.slice(0, MOST_FILES)) {
    const text = (await file.content()).toString();
    characters += text.length;
    if (characters > MOST_CHARACTERS) {
      break;
    }
    files.push({ path: file.path, text });
  }
  return { files, isPart: files.length < all.length };
}
