import { closeSync, openSync, writeSync } from 'node:fs';
import { GeneratedSeries } from './series';
import { INTERVAL_SECONDS, START_SECONDS } from './time';

const FLUSH_CHARACTERS = 4 << 20;

/** Writes the samples of `[from, to)` (Unix seconds) as OpenMetrics; families stay together. */
export function writeOpenMetrics(
  file: string,
  series: GeneratedSeries[],
  from: number,
  to: number,
): number {
  const descriptor = openSync(file, 'w');
  let samples = 0;
  let text = '';
  const inOrder = [...series].sort((a, b) => compare(a.metric, b.metric));
  for (const one of inOrder) {
    const name = `${one.metric}{${Object.entries(one.labels)
      .map(([label, value]) => `${label}="${value}"`)
      .join(',')}} `;
    const base = START_SECONDS + one.offsetSeconds;
    const first = Math.max(0, Math.ceil((from - base) / INTERVAL_SECONDS));
    const last = Math.min(
      one.values.length,
      Math.ceil((to - base) / INTERVAL_SECONDS),
    );
    for (let index = first; index < last; index++) {
      const value = one.values[index];
      if (!Number.isNaN(value)) {
        text += `${name}${value} ${base + index * INTERVAL_SECONDS}\n`;
        samples += 1;
      }
    }
    if (text.length > FLUSH_CHARACTERS) {
      writeSync(descriptor, text);
      text = '';
    }
  }
  writeSync(descriptor, `${text}# EOF\n`);
  closeSync(descriptor);
  return samples;
}

function compare(left: string, right: string): number {
  if (left === right) {
    return 0;
  }
  return left < right ? -1 : 1;
}
