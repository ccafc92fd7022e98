import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/**
 * Runs a TypeScript file of this folder in a process of its own, so that what it does is
 * no work of the bench.
 *
 * @returns what its first line says, as JSON
 */
export async function startServer<T extends object>(
  file: string,
  options: Record<string, number>,
): Promise<T & { stop(): void }> {
  const child = spawn(
    process.execPath,
    [
      '--require',
      require.resolve('@backstage/cli/config/nodeTransform.cjs'),
      join(__dirname, file),
      ...Object.entries(options).flatMap(([name, value]) => [
        `--${name}`,
        String(value),
      ]),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const lines = createInterface({ input: child.stdout });
  const line = await Promise.race([
    new Promise<string>(resolve => {
      lines.once('line', resolve);
    }),
    new Promise<never>((_, reject) => {
      child.once('exit', code =>
        reject(new Error(`${file} stopped with code ${code}`)),
      );
    }),
  ]);
  const said: T = JSON.parse(line);
  return { ...said, stop: () => child.kill() };
}
