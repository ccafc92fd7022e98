import { readFileSync } from 'node:fs';

const SAMPLE_MS = 1000;
/** Clock ticks a second on Linux, and how many of them an idle process takes at most. */
const TICKS_A_SECOND = 100;
const IDLE_TICKS = 0.05 * TICKS_A_SECOND;

/** Until a process has hardly used a CPU for three seconds; where that can't be told, a minute. */
export async function untilIdle(pid: number): Promise<void> {
  for (let idle = 0; idle < 3; ) {
    const before = ticks(pid);
    await new Promise(done => setTimeout(done, SAMPLE_MS));
    const after = ticks(pid);
    if (before === undefined || after === undefined) {
      await new Promise(done => setTimeout(done, 60_000));
      return;
    }
    idle = after - before <= IDLE_TICKS ? idle + 1 : 0;
  }
}

/** User and system time so far; undefined where it is not Linux. */
function ticks(pid: number): number | undefined {
  try {
    // The name of the process, in brackets, may have spaces.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return Number(fields[11]) + Number(fields[12]);
  } catch {
    return undefined;
  }
}
