import fs from 'node:fs';
import path from 'node:path';
import { commandLine, isAlive } from './processes.mjs';
import { Sentence } from './say.mjs';

/**
 * One portal at a time on one data directory. What a portal that was killed
 * leaves here is ignored.
 */
export function claimPortal(dir, ports) {
  const file = path.join(dir, 'running.json');
  const other = read(file);
  if (other && isAlive(other.pid) && isPortal(other.pid)) {
    throw new Sentence(
      `Headroom already runs from this checkout: http://localhost:${other.port} (process ${other.pid}). Stop it with Ctrl-C where it was started, or with \`kill ${other.pid}\`.`,
    );
  }
  fs.mkdirSync(dir, { recursive: true });
  fs.writeFileSync(
    file,
    JSON.stringify({ pid: process.pid, port: ports.portal }),
  );
  return { release: () => fs.rmSync(file, { force: true }) };
}

function read(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

// A process number is given again after a while.
const isPortal = pid => /scripts[/\\](start|e2e)\.mjs/.test(commandLine(pid));
