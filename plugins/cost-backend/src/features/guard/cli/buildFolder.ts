import { realpathSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import {
  buildCostedKustomizations,
  buildKustomization,
  CostedManifests,
  KustomizeError,
  UnknownKustomizations,
} from '@headroom/plugin-scaling-common';
import { BadInput } from './BadInput';
import { filesBelow, repositoryOf } from './manifestFiles';

/**
 * What the kustomization of a folder makes.
 *
 * @throws BadInput
 */
export function buildFolder(
  option: string,
  path: string,
  root: string | undefined,
): Required<CostedManifests> {
  const { top, folder } = placeOf(path, root);
  try {
    const objects = buildKustomization(filesBelow(option, top), folder);
    return { objects: objects.map(object => ({ object })), unread: [] };
  } catch (error) {
    if (error instanceof KustomizeError) {
      throw new BadInput(`${option}: ${error.message}`);
    }
    throw error;
  }
}

/** What kustomizations below a folder make, what of it isn't known, and their files. */
interface BuiltBelow extends Required<CostedManifests> {
  /** From the folder. */
  files: ReadonlySet<string>;
}

/**
 * What the kustomizations below a folder make that has none itself.
 *
 * @param kustomized - their folders, from the folder
 * @throws BadInput
 */
export function buildBelow(
  option: string,
  {
    path,
    root,
    kustomized,
  }: { path: string; root: string | undefined; kustomized: readonly string[] },
): BuiltBelow {
  if (kustomized.length === 0) {
    return { objects: [], unread: [], files: new Set() };
  }
  const { top, folder } = placeOf(path, root);
  const { objects, unknown, files } = buildCostedKustomizations(
    filesBelow(option, top),
    kustomized.map(each => slashed(join(folder, each))),
  );
  const from = (file: string) => slashed(relative(folder, file));
  return {
    objects: objects.map(object => ({ object })),
    unread: unknown.map(({ folders, said, content }) => ({
      file: listed(folders.map(from)),
      said,
      content,
    })),
    files: new Set([...files].map(file => relative(folder, file))),
  };
}

const MOST_NAMED = 8;

function listed(folders: UnknownKustomizations['folders']): string {
  const left = folders.length - MOST_NAMED;
  return [
    ...folders.slice(0, MOST_NAMED),
    ...(left > 0 ? [`${left} more`] : []),
  ].join(', ');
}

/** Below what files are read, and where in it the folder is. */
function placeOf(path: string, root: string | undefined) {
  const top = realpathSync(root === undefined ? repositoryOf(path) : root);
  const folder = realpathSync(path);
  if (folder !== top && !folder.startsWith(top + sep)) {
    throw new BadInput(`--root is ${root}; it must be a folder above ${path}`);
  }
  return { top, folder: slashed(relative(top, folder)) };
}

function slashed(path: string): string {
  return path.split(sep).join('/');
}
