/** Folders outside the checkout that are made once and kept: programs, packages. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from './processes.mjs';

/** A folder of Headroom's under `~/.cache`, or under `XDG_CACHE_HOME`. */
export function cacheDir(...names) {
  const base = process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache');
  return path.join(base, 'headroom', ...names);
}

/**
 * Makes a folder unless it is there. It is made under another name and moved when
 * all is in it, so that a folder of this name is always whole. A run that comes
 * while another one makes it waits; should two begin at the same moment, the
 * later one throws its own away.
 *
 * @param {string} folder
 * @param {(draft: string) => void | Promise<void>} make fills an empty folder
 * @param {(line: string) => void} say
 */
export async function ensureCacheFolder(folder, make, say) {
  fs.mkdirSync(path.dirname(folder), { recursive: true });
  await othersMake(folder, say);
  if (fs.existsSync(folder)) return;

  const draft = `${folder}.draft-${process.pid}`;
  fs.mkdirSync(draft, { recursive: true });
  const removeDraft = () => fs.rmSync(draft, { recursive: true, force: true });
  process.once('exit', removeDraft);
  try {
    await make(draft);
    publish(draft, folder);
  } finally {
    removeDraft();
    process.off('exit', removeDraft);
  }
}

/** Waits while a living run makes the same; removes what dead ones have left. */
async function othersMake(folder, say) {
  const parent = path.dirname(folder);
  const prefix = `${path.basename(folder)}.draft-`;
  for (let waited = 0; !fs.existsSync(folder); waited++) {
    const drafts = fs
      .readdirSync(parent)
      .filter(name => name.startsWith(prefix));
    const isLiving = name => isAlive(Number(name.slice(prefix.length)));
    for (const name of drafts.filter(draft => !isLiving(draft))) {
      fs.rmSync(path.join(parent, name), { recursive: true, force: true });
    }
    if (!drafts.some(isLiving)) return;
    if (waited === 0) say('Another run makes the same: waiting for it …');
    await sleep(1000);
  }
}

function publish(draft, folder) {
  try {
    fs.renameSync(draft, folder);
  } catch (error) {
    // Another run was first: its folder is as good.
    if (!['EEXIST', 'ENOTEMPTY'].includes(error.code)) throw error;
  }
}
