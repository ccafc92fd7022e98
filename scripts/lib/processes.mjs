import { spawnSync } from 'node:child_process';
import fs from 'node:fs';

/** Whether a process with this id is running. */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** The command line of a running process; empty when it can't be had. */
export function commandLine(pid) {
  if (process.platform === 'linux') {
    try {
      return fs
        .readFileSync(`/proc/${pid}/cmdline`, 'utf8')
        .replace(/\0/g, ' ');
    } catch {
      return '';
    }
  }
  const ps = spawnSync('ps', ['-ww', '-o', 'args=', '-p', String(pid)], {
    encoding: 'utf8',
  });
  return ps.stdout?.trim() ?? '';
}

/** Signals the process group of a child that was spawned detached. */
export function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
    return true;
  } catch {
    return false; // gone already
  }
}

/** The process that started a process; undefined when it can't be had. */
export function parentOf(pid) {
  const ps = spawnSync('ps', ['-o', 'ppid=', '-p', String(pid)], {
    encoding: 'utf8',
  });
  return Number(ps.stdout) || parentInProc(pid);
}

// Slim images come without ps.
function parentInProc(pid) {
  try {
    const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]) || undefined;
  } catch {
    return undefined;
  }
}
