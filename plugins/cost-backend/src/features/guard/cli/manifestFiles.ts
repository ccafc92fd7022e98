import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { KustomizeFiles } from '@headroom/plugin-scaling-common';
import { BadInput } from './BadInput';

/** What the files of one side may be together, and each of them. */
export const MOST_BYTES = 64 * 2 ** 20;

/** A text of at most so many bytes. */
export function readText(option: string, path: string): string {
  try {
    const stats = statSync(path);
    if (stats.isDirectory()) {
      throw new BadInput(
        `${option} is ${path}, which is a folder; it must be a file`,
      );
    }
    const { size } = stats;
    if (size > MOST_BYTES) {
      throw new BadInput(
        `${option}: ${path} has ${size} bytes; it must have at most ${MOST_BYTES}`,
      );
    }
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw error instanceof BadInput
      ? error
      : unreadable(option, path, error, 'a file');
  }
}

/** That something can't be read, why, and what it must be. */
export function unreadable(
  option: string,
  path: string,
  error: unknown,
  wanted: 'a file' | 'a file or a folder',
): BadInput {
  const { code } = error as NodeJS.ErrnoException;
  return new BadInput(
    `${option} is ${path}, which ${
      code === 'ENOENT' || code === 'ENOTDIR'
        ? 'is not there'
        : `can't be read (${code})`
    }; it must be ${wanted}`,
  );
}

export function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** The nearest folder above that is a repository, else the folder itself. */
export function repositoryOf(path: string): string {
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
export function filesBelow(option: string, top: string): KustomizeFiles {
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
