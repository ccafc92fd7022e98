import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createLinker } from '@headroom/common';
import { PrometheusServer } from '../PrometheusServer';
import { loadClusters } from '../oddities/load';
import { observe, Seen } from '../oddities/observe';
import { generate } from './generate';
import { trueCosts } from './truth';
import { HOURS_OF_DAY } from './workloads';

const CACHE = path.resolve(__dirname, '../../../.headroom/peers/real');
const TOLERANCE = 0.001;

let server: PrometheusServer;
let seen: Seen;

before(async () => {
  loadClusters(CACHE, { real: generate() });
  server = await PrometheusServer.create(CACHE);
  await server.start();
  seen = await observe(server.url, 'real', HOURS_OF_DAY);
});

after(async () => server?.stop());

/** Dollars by service, linked by selectors as people write them. */
function costOfServices(): Map<string, number> {
  const linker = createLinker(
    [...trueCosts().keys()].filter(Boolean).map(service => ({
      entityRef: `component:default/${service}`,
      labelSelector: `appName=${service}`,
    })),
    [],
  );
  const costs = new Map<string, number>();
  for (const { rows, workloads } of seen.hours) {
    for (const row of rows.filter(({ bucket }) => bucket === 'workload')) {
      const workload = workloads.find(
        each =>
          each.workload === row.workload && each.container === row.container,
      );
      const service =
        (workload && linker(workload, 'real')?.entityRef.split('/')[1]) ?? '';
      const { cpu, memory, gpu } = row.cost;
      const dollars = Number(cpu + memory + gpu) / 1e6;
      costs.set(service, (costs.get(service) ?? 0) + dollars);
    }
  }
  return costs;
}

describe('a day of a cluster that is scraped as kube-prometheus does it', () => {
  it('costs every service what really ran, to 0.1 %', () => {
    const costs = costOfServices();
    let worst = 0;
    for (const [service, expected] of trueCosts()) {
      const error = (costs.get(service) ?? 0) / expected - 1;
      worst = Math.max(worst, Math.abs(error));
      process.stdout.write(
        `${(service || '(nobody)').padEnd(10)} ${(costs.get(service) ?? 0)
          .toFixed(6)
          .padStart(10)} $  true ${expected.toFixed(6).padStart(10)} $  ${(
          error * 100
        ).toFixed(4)} %\n`,
      );
    }
    assert.ok(worst <= TOLERANCE, `off by ${(worst * 100).toFixed(4)} %`);
    assert.equal(costs.size, trueCosts().size);
  });

  it('is complete in every hour, with nothing to mend', () => {
    assert.deepEqual(seen.observations.missingHours, []);
    assert.deepEqual(
      seen.observations.problems.filter(({ severity }) => severity !== 'info'),
      [],
    );
  });

  it('counts the kill of a Job that is never restarted, once', () => {
    const killed = seen.observations.containers.filter(
      ({ oomKills }) => oomKills,
    );
    assert.deepEqual(
      killed.map(({ run, oomKills, memoryLimitBytes }) => [
        run,
        oomKills,
        memoryLimitBytes,
      ]),
      [['report-28', 1, 4 * 2 ** 30]],
    );
  });
});
