import fs from 'node:fs';
import { root } from './paths.mjs';
import { Sentence } from './say.mjs';

const MIB = 1024 * 1024;

/** Throws a sentence when the checkout's disk has less than `mib` MiB free. */
export function needDisk(mib, what) {
  const { bavail, bsize } = fs.statfsSync(root);
  const free = Math.floor((bavail * bsize) / MIB);
  if (free < mib) {
    throw new Sentence(
      `The disk is almost full: ${free} MiB are free where the checkout is, ${what} needs ${mib} MiB. Make room there and start again.`,
    );
  }
}

/** Whether a text says that a disk ran full. */
export function saysDiskFull(text) {
  return /ENOSPC|No space left on device|could not extend file/i.test(text);
}
