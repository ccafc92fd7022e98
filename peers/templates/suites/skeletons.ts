/** The services' own tests, by the commands that templates/README.md tells. */
import assert from 'node:assert/strict';
import { cpSync, existsSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { peer, run, scratchFolder } from './peer';
import { serviceSets } from './rendered';

/** Code is the same whatever is answered. */
const CHOSEN = 'the-longest-name';
const node = path.dirname(process.execPath);
/** What was installed, by the text of the requirements. */
const sites = new Map<string, Promise<string>>();

async function succeed(
  command: string,
  args: readonly string[],
  cwd: string,
  more: NodeJS.ProcessEnv = {},
): Promise<string> {
  const env = {
    ...process.env,
    PATH: `${node}${path.delimiter}${process.env.PATH}`,
    // A test runner within a test runner would tell the outer one.
    NODE_TEST_CONTEXT: undefined,
    NODE_OPTIONS: undefined,
    ...more,
  };
  const { code, output, errors } = await run(command, args, { cwd, env });
  const said = `${output}${errors}`;
  assert.equal(code, 0, `${command} ${args.join(' ')}: ${said.slice(-4000)}`);
  return said;
}

async function installed(requirements: string, cwd: string): Promise<string> {
  const { command, pip } = peer.python;
  const site = scratchFolder('site');
  await succeed(
    command,
    [
      ...['-m', 'pip', 'install', '--quiet', '--no-input', '--require-hashes'],
      ...['--target', site, '--requirement', requirements],
    ],
    cwd,
    pip,
  );
  return site;
}

async function testTypeScript(folder: string): Promise<void> {
  const npm = (...args: string[]) => succeed('npm', args, folder);
  await npm(
    'ci',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
  );
  await npm('run', 'typecheck');
  const said = await npm('test');
  assert.match(said, /pass [1-9]/);
}

async function testPython(folder: string, requirements: string): Promise<void> {
  let site = sites.get(requirements);
  if (!site) {
    site = installed('requirements.txt', folder);
    sites.set(requirements, site);
  }
  const said = await succeed(peer.python.command, ['-m', 'unittest'], folder, {
    PYTHONPATH: await site,
  });
  assert.match(said, /Ran [1-9]\d* tests?/);
}

describe('the tests of a service', () => {
  for (const { title, folder, files } of serviceSets.filter(
    ({ answers }) => answers === CHOSEN,
  )) {
    it(`pass as ${title} is rendered`, async () => {
      // What they leave behind is not what was rendered.
      const copy = scratchFolder('service');
      cpSync(folder, copy, { recursive: true });
      if (existsSync(path.join(copy, 'package.json'))) {
        await testTypeScript(copy);
      } else {
        await testPython(copy, files.get('requirements.txt')!);
      }
    });
  }
});
