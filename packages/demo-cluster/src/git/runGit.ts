import { spawn } from 'node:child_process';

/** Most bytes of an answer that are read; an archive of the demo has far fewer. */
const MOST_BYTES = 64 * 2 ** 20;

/** What git said no to. */
export class GitError extends Error {}

/** Nothing of the machine's own configuration. */
export function gitEnvironment(): Record<string, string | undefined> {
  return {
    PATH: process.env.PATH,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
  };
}

/** Runs git in a bare repository, without any configuration of the machine. Throws {@link GitError}. */
export function runGit(
  directory: string,
  args: readonly string[],
  options: { input?: string | Buffer; env?: Record<string, string> } = {},
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', ['--git-dir', directory, ...args], {
      env: { ...gitEnvironment(), ...options.env },
    });
    const out: Buffer[] = [];
    const said: Buffer[] = [];
    let size = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MOST_BYTES) {
        child.kill();
      } else {
        out.push(chunk);
      }
    });
    child.stderr.on('data', (chunk: Buffer) => void said.push(chunk));
    child.on('error', error =>
      reject(new GitError(`git can't be run: ${error.message}`)),
    );
    child.on('close', code => {
      if (code === 0) {
        resolve(Buffer.concat(out));
      } else {
        reject(
          new GitError(
            `git ${args[0]}: ${Buffer.concat(said).toString().trim()}`,
          ),
        );
      }
    });
    child.stdin.on('error', () => {}); // it ended before it read all
    child.stdin.end(options.input ?? '');
  });
}
