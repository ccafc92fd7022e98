import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const stateSchema = z.object({
  start: z.iso.datetime(),
  // Absent in what was written before it was known.
  shownSince: z.iso.datetime().optional(),
});

/** When a demo begins, and began. @public */
export interface DemoBeginning {
  /** First hour of the history. */
  start: Date;
  /** When the demo ran for the first time. */
  shownSince: Date;
}

/**
 * When the history starts, and when it was first shown: what an earlier run wrote down,
 * so that the past stays what it was, else `first()`, which is written down now. A file
 * that can't be read as one is an error that names it.
 *
 * @public
 */
export async function rememberedBeginning(
  directory: string,
  first: () => DemoBeginning,
): Promise<DemoBeginning> {
  const file = join(directory, 'demo-cluster.json');
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      throw error;
    }
    const beginning = first();
    await mkdir(directory, { recursive: true });
    // Written beside and moved, so that a crash leaves no half of it.
    const temporary = `${file}.${process.pid}`;
    await writeFile(temporary, `${JSON.stringify(beginning)}\n`);
    await rename(temporary, file);
    return beginning;
  }
  try {
    const { start, shownSince = start } = stateSchema.parse(JSON.parse(text));
    return { start: new Date(start), shownSince: new Date(shownSince) };
  } catch {
    throw new Error(
      `${file} doesn't say when the demo's history starts; delete it for a new history.`,
    );
  }
}
