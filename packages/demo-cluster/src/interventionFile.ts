import { createReadStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { World } from './world/createWorld';
import {
  Intervention,
  InterventionError,
  parseIntervention,
} from './world/interventions/Intervention';

/** Most bytes of the file that are read: more than a world takes. */
const MOST_BYTES = 64_000_000;

/**
 * Does to a world what a file says was done to it, one JSON object per line. A
 * line that can't be read or done is skipped and reported, and so are lines
 * beyond the limit. A file that isn't there counts as an empty one.
 *
 * @returns a sentence for each line that was skipped
 */
export async function readInterventions(
  file: string,
  world: World,
): Promise<string[]> {
  const skipped: string[] = [];
  let line = 0;
  try {
    // Ends of lines are found by streaming, so that no more than a line is held.
    const input = createReadStream(file, { end: MOST_BYTES - 1 });
    for await (const text of createInterface({ input })) {
      line += 1;
      const problem = text === '' ? undefined : doLine(text, world);
      if (problem) {
        skipped.push(`Line ${line} of ${file} was skipped: ${problem}`);
      }
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      throw error;
    }
  }
  return skipped;
}

/** Why a line can't be done, as a sentence; undefined when it was. */
function doLine(text: string, world: World): string | undefined {
  try {
    world.intervene(parseIntervention(JSON.parse(text)));
    return undefined;
  } catch (error) {
    if (error instanceof InterventionError) {
      return error.message;
    }
    if (error instanceof SyntaxError) {
      return 'It is not JSON.';
    }
    throw error;
  }
}

/** Writes an intervention at the end of a file; it is on disk afterwards. */
export async function appendIntervention(
  file: string,
  entry: Intervention,
): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const handle = await open(file, 'a+');
  try {
    const { size } = await handle.stat();
    const last = Buffer.alloc(1);
    if (size > 0) {
      await handle.read(last, 0, 1, size - 1);
    }
    // A crash may have left half a line, which must not spoil this one.
    const gap = size > 0 && last.toString() !== '\n' ? '\n' : '';
    await handle.appendFile(`${gap}${JSON.stringify(entry)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
