import {
  lstatSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import {
  buildKustomization,
  costedObjects,
  KustomizeError,
  KustomizeFiles,
  ManifestFile,
  readManifests,
  ReadManifests,
} from '@headroom/plugin-scaling-common';
import { GuardRequestInput } from '@headroom/plugin-cost-common';
import { BadInput } from './BadInput';

const MOST_FILES = 5000;
const MOST_BYTES = 64 * 2 ** 20;
const KUSTOMIZATIONS = [
  'kustomization.yaml',
  'kustomization.yml',
  'Kustomization',
];
const MANIFEST = /\.(ya?ml|json)$/i;
const SKIPPED = new Set(['.git', 'node_modules']);

type ToldSide = NonNullable<GuardRequestInput['manifests']>['after'];

/** What one side of a change holds. */
export type ManifestSide = Pick<ReadManifests, 'objects' | 'unread'>;

/**
 * Manifests of a file, a folder, a kustomization, or of the input (`-`). A folder may
 * hold what can't be read, such as templates: that is told of its cost. A file may not.
 *
 * @param option - how it was named, for errors
 * @throws BadInput
 */
export function readManifestSide(
  option: string,
  path: string,
  { root, input }: { root?: string; input: () => string },
): ManifestSide {
  if (path === '-') {
    return readStream(option, 'the input', input());
  }
  const kind = kindOf(option, path);
  if (kind === 'file') {
    return readStream(option, path, readText(option, path));
  }
  return KUSTOMIZATIONS.some(name => isFile(join(path, name)))
    ? buildFolder(option, path, root)
    : readFolder(option, path);
}

/** A text of at most so many bytes. */
export function readText(option: string, path: string): string {
  try {
    const { size } = statSync(path);
    if (size > MOST_BYTES) {
      throw new BadInput(
        `${option}: ${path} has ${size} bytes; it must have at most ${MOST_BYTES}`,
      );
    }
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw error instanceof BadInput ? error : unreadable(option, path, error);
  }
}

function kindOf(option: string, path: string): 'file' | 'folder' {
  try {
    return statSync(path).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    throw unreadable(option, path, error);
  }
}

function unreadable(option: string, path: string, error: unknown): BadInput {
  const { code } = error as NodeJS.ErrnoException;
  return new BadInput(
    `${option} is ${path}, which ${
      code === 'ENOENT' ? 'is not there' : `can't be read (${code})`
    }; it must be a file or a folder`,
  );
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** Documents one by one, as together they may be more than a file that people write. */
function readStream(option: string, name: string, text: string): ManifestSide {
  const label = MANIFEST.test(name) ? name : `${name}.yaml`;
  let line = 1;
  const read = text.split(/^---(?=\s|$)/m).map(part => {
    const first = line;
    line += part.split('\n').length - 1;
    const { objects, unread } = readManifests([{ path: label, text: part }]);
    return {
      objects,
      unread: unread.map(each => ({
        ...each,
        file: name,
        ...(each.line !== undefined && { line: each.line + first - 1 }),
      })),
    };
  });
  const [unread] = read.flatMap(each => each.unread);
  if (unread) {
    throw new BadInput(
      `${option}: ${name}${
        unread.line === undefined ? '' : `, line ${unread.line}`
      } can't be read: ${unread.said.message}`,
    );
  }
  return someOf(option, name, {
    objects: read.flatMap(each => each.objects),
    unread: [],
  });
}

function readFolder(option: string, path: string): ManifestSide {
  const files: ManifestFile[] = [];
  let bytes = 0;
  const walk = (folder: string) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const full = join(folder, entry.name);
      if (entry.isDirectory() && !SKIPPED.has(entry.name)) {
        walk(full);
      } else if (entry.isFile() && MANIFEST.test(entry.name)) {
        bytes += lstatSync(full).size;
        if (files.length >= MOST_FILES || bytes > MOST_BYTES) {
          throw new BadInput(
            `${option}: ${path} holds more than ${MOST_FILES} files or ${MOST_BYTES} bytes; name a folder with fewer`,
          );
        }
        files.push({
          path: relative(path, full),
          text: readText(option, full),
        });
      }
    }
  };
  walk(path);
  const { objects, unread } = readManifests(files);
  return someOf(option, path, { objects, unread });
}

function buildFolder(
  option: string,
  path: string,
  root: string | undefined,
): ManifestSide {
  const top = realpathSync(root === undefined ? repositoryOf(path) : root);
  const folder = realpathSync(path);
  if (folder !== top && !folder.startsWith(top + sep)) {
    throw new BadInput(`--root is ${root}; it must be a folder above ${path}`);
  }
  try {
    const objects = buildKustomization(
      filesBelow(option, top),
      relative(top, folder).split(sep).join('/'),
    );
    return someOf(option, path, {
      objects: objects.map(object => ({ object })),
      unread: [],
    });
  } catch (error) {
    if (error instanceof KustomizeError) {
      throw new BadInput(`${option}: ${error.message}`);
    }
    throw error;
  }
}

/** The nearest folder above that is a repository, else the folder itself. */
function repositoryOf(path: string): string {
  const start = resolve(path);
  let folder = start;
  while (!statSync(join(folder, '.git'), { throwIfNoEntry: false })) {
    const above = dirname(folder);
    if (above === folder) {
      return start;
    }
    folder = above;
  }
  return folder;
}

/** Files are read when they are asked for, and none that a link has outside. */
function filesBelow(option: string, top: string): KustomizeFiles {
  const inside = (path: string): string | undefined => {
    const full = join(top, path);
    return isFile(full) && realpathSync(full).startsWith(top + sep)
      ? full
      : undefined;
  };
  return {
    has: path => inside(path) !== undefined,
    get: path => {
      const full = inside(path);
      return full === undefined ? undefined : readText(option, full);
    },
    keys: () => new Map<string, string>().keys(),
  };
}

function someOf(
  option: string,
  name: string,
  side: ManifestSide,
): ManifestSide {
  if (option !== '--before' && side.objects.length + side.unread.length === 0) {
    throw new BadInput(
      `${option}: ${name} holds no object with apiVersion and kind; it must hold manifests`,
    );
  }
  return side;
}

/** What a portal is told of a side: nothing but what decides the cost. */
export function toldOfSide({ objects, unread }: ManifestSide): ToldSide {
  return {
    files: costedObjects(objects).map((object, index) => ({
      path: `${index}.json`,
      text: JSON.stringify(object),
    })),
    unread: unread.map(({ file, said, content }) => ({
      file,
      why: said.message,
      content,
    })),
  };
}
