import assert from 'node:assert/strict';
import { node, pod, usage } from '../cluster';
import { chargeOf, containersOf, problemsOf, Seen } from '../observe';
import { GIB, Series } from '../series';
import { assertClose, assertWebIsRight } from './right';
import { Cases } from './types';

/** Changes the CPU readings of a container. */
function withCpu(
  all: Series[],
  change: (value: number, at: number) => number,
): Series[] {
  return all.map(one =>
    one.metric.startsWith('container_cpu')
      ? {
          ...one,
          samples: one.samples.map(([at, value]): [number, number] => [
            at,
            change(value, at),
          ]),
        }
      : one,
  );
}

/** A neighbour of `web` that uses two cores. */
const neighbour = [
  ...pod({
    name: 'api-1',
    container: 'api',
    owner: { kind: 'StatefulSet', name: 'api' },
    requests: { cpu: 2, memory: GIB },
  }),
  ...usage({
    pod: 'api-1',
    container: 'api',
    id: '/kubepods/burstable/podapi/api',
    name: 'api',
    cores: 2,
    gib: 1,
  }),
];

const bounded = (usageOfWeb: Series[], setAside: boolean) => ({
  series: [...node(), ...pod(), ...usageOfWeb, ...neighbour],
  check: (seen: Seen) => {
    assertWebIsRight(seen);
    for (const hour of [0, 1, 2]) {
      assertClose(chargeOf(seen, hour, 'api').coreHours, 2, 'the neighbour');
      for (const { samples } of containersOf(seen, hour)) {
        assert.ok(
          samples?.cpuCores?.every(cores => (cores ?? 0) <= 8),
          'no sample is above what the node has',
        );
      }
    }
    assert.equal(problemsOf(seen).includes('usage-impossible'), setAside);
  },
});

/** The reading at about 5,401 s, which is the last of a slot's. */
const ONCE = (at: number) => at > 5380 && at <= 5400;

export const readings: Cases = {
  'a counter steps back by a second at 500,000': bounded(
    withCpu(usage(), (value, at) => {
      const high = 500_000 + value;
      return at > 5000 && at < 5020 ? high - 16 : high;
    }),
    false,
  ),
  'a counter steps back at the end of a slot': bounded(
    withCpu(usage(), (value, at) => 500_000 + value - (ONCE(at) ? 16 : 0)),
    false,
  ),
  'a counter once reads 1.73e9': bounded(
    withCpu(usage(), (value, at) => (ONCE(at) ? 1.73e9 : 500_000 + value)),
    true,
  ),
  'a counter once reads 1.73e9 within a slot': bounded(
    withCpu(usage(), (value, at) =>
      at > 5200 && at < 5220 ? 1.73e9 : 500_000 + value,
    ),
    false,
  ),
  'a counter once reads 0': bounded(
    withCpu(usage(), (value, at) => (ONCE(at) ? 0 : 500_000 + value)),
    true,
  ),
  'the first reading of the window is 1.73e9': bounded(
    withCpu(usage(), (value, at) =>
      at > -20 && at <= 0 ? 1.73e9 : 500_000 + value,
    ),
    false,
  ),
  'memory once reads more than the node has': bounded(
    usage().map(one =>
      one.metric.startsWith('container_memory')
        ? {
            ...one,
            samples: one.samples.map(([at, value]): [number, number] => [
              at,
              ONCE(at) ? 2 ** 63 : value,
            ]),
          }
        : one,
    ),
    true,
  ),
};
