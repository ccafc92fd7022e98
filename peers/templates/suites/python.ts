/** Programs of skeletons, and what they need of PyPI. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { peer, run, scratchFolder } from './peer';

const node = path.dirname(process.execPath);
/** What was installed, by the text of the requirements. */
const sites = new Map<string, Promise<string>>();

/** What a program of a skeleton finds around it. */
export function environmentWith(more: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PATH: `${node}${path.delimiter}${process.env.PATH}`,
    // A test runner within a test runner would tell the outer one.
    NODE_TEST_CONTEXT: undefined,
    NODE_OPTIONS: undefined,
    ...more,
  };
}

/** What the program said. */
export async function succeed(
  command: string,
  args: readonly string[],
  cwd: string,
  more: NodeJS.ProcessEnv = {},
): Promise<string> {
  const env = environmentWith(more);
  const { code, output, errors } = await run(command, args, { cwd, env });
  const said = `${output}${errors}`;
  assert.equal(code, 0, `${command} ${args.join(' ')}: ${said.slice(-4000)}`);
  return said;
}

/**
 * The folder with what a skeleton's `requirements.txt` names, for PYTHONPATH.
 *
 * @param folder in which that file is
 * @param requirements its text
 */
export function siteOf(folder: string, requirements: string): Promise<string> {
  let site = sites.get(requirements);
  if (!site) {
    site = install(folder);
    sites.set(requirements, site);
  }
  return site;
}

async function install(cwd: string): Promise<string> {
  const { command, pip } = peer.python;
  const site = scratchFolder('site');
  await succeed(
    command,
    [
      ...['-m', 'pip', 'install', '--quiet', '--no-input', '--require-hashes'],
      ...['--target', site, '--requirement', 'requirements.txt'],
    ],
    cwd,
    pip,
  );
  return site;
}
