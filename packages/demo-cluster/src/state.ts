import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const stateSchema = z.object({ start: z.iso.datetime() });

/**
 * The instant the history starts at: the one an earlier run wrote down, so
 * that the past stays what it was, else `first()`, which is written down now.
 * A file that can't be read as one is an error that names it.
 *
 * @public
 */
export async function rememberedStart(
  directory: string,
  first: () => Date,
): Promise<Date> {
  const file = join(directory, 'demo-cluster.json');
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      throw error;
    }
    const start = first();
    await mkdir(directory, { recursive: true });
    // Written beside and moved, so that a crash leaves no half of it.
    const temporary = `${file}.${process.pid}`;
    await writeFile(
      temporary,
      `${JSON.stringify({ start: start.toISOString() })}\n`,
    );
    await rename(temporary, file);
    return start;
  }
  try {
    return new Date(stateSchema.parse(JSON.parse(text)).start);
  } catch {
    throw new Error(
      `${file} doesn't say when the demo's history starts; delete it for a new history.`,
    );
  }
}
