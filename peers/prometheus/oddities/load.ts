import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Series, START } from './series';

/** Writes the series of small clusters, each with its own `cluster` label, into a data directory. */
export function loadClusters(
  directory: string,
  clusters: Record<string, Series[]>,
): void {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  const families = new Map<string, string[]>();
  for (const [cluster, all] of Object.entries(clusters)) {
    for (const { metric, labels, samples } of all) {
      const text = Object.entries({ cluster, ...labels })
        .map(([label, value]) => `${label}=${JSON.stringify(value)}`)
        .join(',');
      const lines = families.get(metric) ?? [];
      families.set(metric, lines);
      for (const [at, value] of samples) {
        lines.push(`${metric}{${text}} ${value} ${(START + at).toFixed(3)}\n`);
      }
    }
  }
  const file = join(directory, 'clusters.om');
  writeFileSync(
    file,
    `${[...families.keys()]
      .sort()
      .map(metric => families.get(metric)!.join(''))
      .join('')}# EOF\n`,
  );
  execFileSync('promtool', [
    'tsdb',
    'create-blocks-from',
    '--quiet',
    'openmetrics',
    file,
    directory,
  ]);
  rmSync(file);
}
