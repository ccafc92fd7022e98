import { readFileSync } from 'node:fs';

/** Largest resident memory of a process so far, in MiB (Linux: VmHWM; elsewhere the value of now). */
export function peakRssMb(pid: number = process.pid): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const match = /VmHWM:\s+(\d+) kB/.exec(status);
    if (match) return Math.round(Number(match[1]) / 1024);
  } catch {
    // not Linux
  }
  return Math.round(process.memoryUsage().rss / 1024 / 1024);
}
