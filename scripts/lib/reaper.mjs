/**
 * Outlives the process that starts it by a moment: reads `+<pid>` and `-<pid>`
 * from stdin, and when stdin ends, however that came about, ends the process
 * groups it still knows. Without it a `kill -9` would leave servers behind.
 */
import readline from 'node:readline';
import { signalGroup } from './processes.mjs';

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {});
}

const groups = new Set();
const lines = readline.createInterface({ input: process.stdin });
lines.on('line', line => {
  const pid = Number(line.slice(1));
  if (line[0] === '+') groups.add(pid);
  else groups.delete(pid);
});
lines.on('close', () => {
  for (const pid of groups) signalGroup(pid, 'SIGTERM');
  const deadline = Date.now() + 10_000;
  const timer = setInterval(() => {
    const left = [...groups].filter(pid => signalGroup(pid, 0));
    if (left.length > 0 && Date.now() < deadline) return;
    for (const pid of left) signalGroup(pid, 'SIGKILL');
    clearInterval(timer);
  }, 100);
});
