import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import fs from 'node:fs/promises';
import path from 'node:path';

/** More is no folder of manifests. */
const MOST_FILES = 2000;
const MOST_BYTES = 32 * 1024 * 1024;

/**
 * All text files of a folder of the workspace, by their paths below it with `/`.
 * Links are not followed, and what is no text is left out.
 *
 * @throws InputError where the folder is not there, or holds too much
 */
export async function readFolder(
  workspace: string,
  folder: string,
  signal?: AbortSignal,
): Promise<Map<string, string>> {
  const top = resolveSafeChildPath(workspace, folder);
  const files = new Map<string, string>();
  let bytes = 0;
  const walk = async (at: string): Promise<void> => {
    signal?.throwIfAborted();
    const entries = await fs.readdir(at, { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const child = path.join(at, entry.name);
      if (entry.isDirectory() && !/^(\.git|node_modules)$/.test(entry.name)) {
        await walk(child);
      } else if (entry.isFile()) {
        const content = await fs.readFile(child);
        bytes += content.length;
        if (files.size >= MOST_FILES || bytes > MOST_BYTES) {
          throw new InputError(
            `path is "${folder}", which holds more than ${MOST_FILES} files or 32 MiB; it must be the folder of the manifests.`,
          );
        }
        if (!content.includes(0)) {
          const name = path.relative(top, child).split(path.sep).join('/');
          files.set(name, content.toString('utf8'));
        }
      }
    }
  };
  try {
    await walk(top);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new InputError(
        `path is "${folder}", which is not in the workspace; it must be a folder that an earlier step wrote.`,
      );
    }
    throw error;
  }
  return files;
}

/** Writes a file below a folder of the workspace; nothing outside of it. */
export async function writeBelow(
  workspace: string,
  name: string,
  text: string,
): Promise<void> {
  const file = resolveSafeChildPath(workspace, name);
  await fs.mkdir(path.dirname(file), { recursive: true });
  await fs.writeFile(file, text);
}
