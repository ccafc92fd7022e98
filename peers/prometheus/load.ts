import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { GeneratedSeries } from './world/series';
import { writeOpenMetrics } from './world/openmetrics';
import { MINUTES, START_SECONDS } from './world/time';

const run = promisify(execFile);

/** A block length of Prometheus (2 h × 3²), so that promtool reads each file once. */
const BLOCK_SECONDS = 18 * 3600;

/**
 * A data directory that holds the series; made by promtool, and kept until the
 * generator changes.
 *
 * @param cache - directory for data and scratch files
 */
export async function loadSeries(
  cache: string,
  series: GeneratedSeries[],
): Promise<{ directory: string; samples: number; reused: boolean }> {
  const directory = join(cache, `data-${hashOfGenerator()}`);
  const done = join(directory, 'loaded');
  if (existsSync(done)) {
    return {
      directory,
      samples: Number(readFileSync(done, 'utf8')),
      reused: true,
    };
  }
  rmSync(cache, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });

  const end = START_SECONDS + (MINUTES + 2) * 60;
  let samples = 0;
  let loading: Promise<unknown> = Promise.resolve();
  const first = Math.floor(START_SECONDS / BLOCK_SECONDS) * BLOCK_SECONDS;
  for (let from = first; from < end; from += BLOCK_SECONDS) {
    const file = join(cache, `${from}.om`);
    const written = writeOpenMetrics(file, series, from, from + BLOCK_SECONDS);
    samples += written;
    await loading; // one file is loaded while the next is written
    loading =
      written === 0
        ? Promise.resolve()
        : run('promtool', [
            'tsdb',
            'create-blocks-from',
            `--max-block-duration=${BLOCK_SECONDS}s`,
            '--quiet',
            'openmetrics',
            file,
            directory,
          ]).then(() => rmSync(file));
    loading.catch(() => undefined); // awaited above and below
  }
  await loading;
  writeFileSync(done, String(samples));
  return { directory, samples, reused: false };
}

function hashOfGenerator(): string {
  const world = join(__dirname, 'world');
  const hash = createHash('sha256');
  for (const file of readdirSync(world).sort()) {
    hash.update(file).update(readFileSync(join(world, file)));
  }
  return hash.digest('hex').slice(0, 16);
}
