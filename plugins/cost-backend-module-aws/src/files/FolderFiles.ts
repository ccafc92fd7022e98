import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { BillFile, BillFiles, LocalFile } from './BillFiles';

/** Exports in a folder of this machine, or one that is mounted. */
export class FolderFiles implements BillFiles {
  readonly place: string;
  /** What is known of a file's content, by its path, size and time. */
  readonly #digests = new Map<string, { of: string; digest: string }>();

  static create(options: { folder: string }) {
    return new FolderFiles(options.folder);
  }

  private constructor(folder: string) {
    this.place = folder;
  }

  async list(signal: AbortSignal): Promise<BillFile[]> {
    const entries = await readdir(this.place, {
      recursive: true,
      withFileTypes: true,
    });
    const files: BillFile[] = [];
    for (const entry of entries.filter(each => !each.isDirectory())) {
      signal.throwIfAborted();
      const full = path.join(entry.parentPath, entry.name);
      const relative = path.relative(this.place, full).split(path.sep);
      const found = await stat(full);
      // A link leads to a file, or to what is none.
      if (found.isFile() && !relative.some(part => part.startsWith('.'))) {
        const name = relative.join('/');
        files.push({
          path: name,
          digest: await this.#digest(name, full, found),
          changedAt: found.mtimeMs,
        });
      }
    }
    return files;
  }

  async text(file: string): Promise<string> {
    return readFile(path.join(this.place, file), 'utf8');
  }

  async local(file: string): Promise<LocalFile> {
    return { path: path.join(this.place, file), release: async () => {} };
  }

  async #digest(
    name: string,
    full: string,
    { size, mtimeMs }: { size: number; mtimeMs: number },
  ): Promise<string> {
    const of = `${size}/${mtimeMs}`;
    const known = this.#digests.get(name);
    if (known?.of === of) {
      return known.digest;
    }
    const hash = createHash('sha256');
    await pipeline(createReadStream(full), hash);
    const digest = hash.digest('hex');
    this.#digests.set(name, { of, digest });
    return digest;
  }
}
