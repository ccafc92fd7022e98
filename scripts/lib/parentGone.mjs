import { commandLine, isAlive, parentOf } from './processes.mjs';

const LOOK_MS = 500;

/**
 * Calls back when whoever started this process is gone without having said so,
 * so that nothing stays behind: the process above of `ranUnderSupportedNode`,
 * or npm, which hands signals to a shell, where they end. A terminal's shell
 * that ends is no reason to stop.
 */
export function onParentGone(callback) {
  if (process.channel) {
    process.on('disconnect', callback);
    process.channel.unref();
  }
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const isShell = /\bsh -c /.test(commandLine(parent));
  const npm = isShell ? parentOf(parent) : undefined;
  setInterval(() => {
    if (process.ppid !== parent || (npm && !isAlive(npm))) callback();
  }, LOOK_MS).unref();
}
