import fc from 'fast-check';
import { sumMicros } from '@headroom/common';
import { totalOf } from '../money/resourceMicros';
import { CapacityType, RESOURCES } from '../resources/resources';
import {
  ClusterHour,
  clusterHour,
  hourlyPrice,
} from './__testUtils__/arbitraries';
import {
  allocate,
  capacityTotal,
  nodesTotal,
  price,
} from './__testUtils__/builders';
import { shareCosts } from './shareCosts';
import { HourRow } from './types';

const run = (cluster: ClusterHour, hourly: string) =>
  allocate({ ...cluster, priceNode: () => price(hourly) });

const groupings: Array<(row: HourRow) => string> = [
  row => row.namespace,
  row => row.workload,
  row => `${row.namespace}/${row.workloadKind}/${row.workload}`,
  row => row.capacityType,
  row => row.region,
  row => row.bucket,
];

function sumBy(rows: HourRow[], group: (row: HourRow) => string) {
  const sums = new Map<string, bigint>();
  for (const row of rows) {
    sums.set(group(row), (sums.get(group(row)) ?? 0n) + totalOf(row.cost));
  }
  return sums;
}

const identity = (row: HourRow) =>
  [
    row.bucket,
    row.namespace,
    row.workload,
    row.container,
    row.capacityType,
    row.region,
  ].join(' ');

/** The same cluster for a fraction of the time. */
function part(cluster: ClusterHour, f: number): ClusterHour {
  const scale = (seconds: number | undefined) =>
    seconds === undefined ? undefined : seconds * f;
  return {
    nodes: cluster.nodes.map(node => ({
      ...node,
      upSeconds: node.upSeconds * f,
    })),
    containers: cluster.containers.map(given => ({
      ...given,
      runSeconds: given.runSeconds * f,
      cpuRequestCoreSeconds: scale(given.cpuRequestCoreSeconds),
      cpuUsageCoreSeconds: scale(given.cpuUsageCoreSeconds),
      memoryRequestByteSeconds: scale(given.memoryRequestByteSeconds),
      memoryUsageByteSeconds: scale(given.memoryUsageByteSeconds),
      gpuRequestDeviceSeconds: scale(given.gpuRequestDeviceSeconds),
      gpuBusyDeviceSeconds: scale(given.gpuBusyDeviceSeconds),
    })),
  };
}

describe('allocateHour, of any cluster', () => {
  it('sums to what the nodes cost, to the micro, for any grouping', () => {
    fc.assert(
      fc.property(clusterHour, hourlyPrice, (cluster, hourly) => {
        const result = run(cluster, hourly);
        const whole = nodesTotal(result);
        expect(capacityTotal(result.rows)).toBe(whole);
        for (const group of groupings) {
          expect(sumMicros(sumBy(result.rows, group).values())).toBe(whole);
        }
      }),
    );
  });

  it('sums to the nodes in each capacity type, region and resource', () => {
    fc.assert(
      fc.property(clusterHour, hourlyPrice, (cluster, hourly) => {
        const { rows, nodes } = run(cluster, hourly);
        const key = (
          {
            capacityType,
            region,
          }: { capacityType: CapacityType; region: string },
          resource: string,
        ) => `${capacityType} ${region} ${resource}`;
        const differences = new Map<string, bigint>();
        for (const resource of RESOURCES) {
          for (const row of rows) {
            const k = key(row, resource);
            const before = differences.get(k) ?? 0n;
            differences.set(k, before + row.cost[resource]);
          }
          for (const node of nodes) {
            const k = key(node, resource);
            const before = differences.get(k) ?? 0n;
            differences.set(k, before - node.cost[resource]);
          }
        }
        for (const difference of differences.values()) {
          expect(difference).toBe(0n);
        }
      }),
    );
  });

  it('is never negative, and never uses more than it pays', () => {
    fc.assert(
      fc.property(clusterHour, hourlyPrice, (cluster, hourly) => {
        const wrong = run(cluster, hourly).rows.filter(({ cost, used }) =>
          RESOURCES.some(
            resource =>
              cost[resource] < 0n ||
              used[resource] < 0n ||
              used[resource] > cost[resource],
          ),
        );
        expect(wrong).toEqual([]);
      }),
    );
  });

  it('says so whenever more is held than there is', () => {
    fc.assert(
      fc.property(clusterHour, cluster => {
        const { rows, nodes, problems } = run(cluster, '1');
        const charged = rows.reduce((sum, row) => sum + row.cpuCoreHours, 0);
        const had = nodes.reduce((sum, node) => sum + node.cpuCoreHours, 0);
        const said = problems.some(({ code }) =>
          ['overcommitted', 'usage-above-capacity'].includes(code),
        );
        expect(charged > had * 1.000001 ? said : true).toBe(true);
      }),
    );
  });

  it('does not depend on the order of the input', () => {
    fc.assert(
      fc.property(clusterHour, hourlyPrice, (cluster, hourly) => {
        const reversed = {
          nodes: [...cluster.nodes].reverse(),
          containers: [...cluster.containers].reverse(),
        };
        expect(run(reversed, hourly)).toEqual(run(cluster, hourly));
      }),
    );
  });

  it('does not depend on names, but for who gets the last micro of a tie', () => {
    fc.assert(
      fc.property(clusterHour, hourlyPrice, (cluster, hourly) => {
        // Reversing the order of pod names is the hardest case.
        const renamed = {
          nodes: cluster.nodes,
          containers: cluster.containers.map((container, i) => ({
            ...container,
            pod: `renamed-${1000 - i}`,
          })),
        };
        const before = run(cluster, hourly);
        const after = run(renamed, hourly);
        expect(nodesTotal(after)).toBe(nodesTotal(before));
        const most = BigInt(cluster.containers.length * 3);
        before.rows.forEach((row, i) => {
          const difference = totalOf(row.cost) - totalOf(after.rows[i].cost);
          // Idle comes last, so it loses every tie and stays as it is.
          const allowed = row.bucket === 'idle' ? 0n : most;
          expect(difference <= allowed && -difference <= allowed).toBe(true);
        });
      }),
    );
  });

  it('gives an hour what it gives its parts', () => {
    // Powers of two, so that scaling a double loses nothing.
    const fraction = fc.constantFrom(0.5, 0.25, 0.125);
    fc.assert(
      fc.property(clusterHour, hourlyPrice, fraction, (cluster, hourly, f) => {
        const whole = run(cluster, hourly);
        const parts = [run(part(cluster, f), hourly)];
        parts.push(run(part(cluster, 1 - f), hourly));

        // Each part of a node is rounded to a micro once.
        const paid = sumMicros(parts.map(nodesTotal)) - nodesTotal(whole);
        const nodes = BigInt(cluster.nodes.length);
        expect(paid <= nodes && -paid <= nodes).toBe(true);

        const most = 6n * BigInt(cluster.containers.length + 8);
        const rows = parts.flatMap(result => result.rows);
        const sums = sumBy(rows, identity);
        for (const [key, cost] of sumBy(whole.rows, identity)) {
          const difference = (sums.get(key) ?? 0n) - cost;
          expect(difference <= most && -difference <= most).toBe(true);
        }
        expect(
          rows.reduce((sum, row) => sum + row.cpuCoreHours, 0),
        ).toBeCloseTo(
          whole.rows.reduce((sum, row) => sum + row.cpuCoreHours, 0),
          6,
        );
      }),
    );
  });

  it('stays whole when idle and namespaces are shared', () => {
    fc.assert(
      fc.property(
        clusterHour,
        hourlyPrice,
        fc.subarray(['kube-system', 'preview']),
        fc.constantFrom('weighted' as const, 'even' as const),
        (cluster, hourly, sharedNamespaces, split) => {
          const result = run(cluster, hourly);
          const items = result.rows.map((row, i) => ({ ...row, key: `${i}` }));
          const shared = shareCosts(items, { sharedNamespaces, split });
          const carried = items.map(
            ({ cost }, i) =>
              totalOf(cost) + shared[i].sharedIdle + shared[i].sharedOverhead,
          );
          expect(sumMicros(carried)).toBe(nodesTotal(result));
          carried.forEach(amount => expect(amount >= 0n).toBe(true));
        },
      ),
    );
  });
});
