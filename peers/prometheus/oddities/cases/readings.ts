import assert from 'node:assert/strict';
import { node, pod, usage } from '../cluster';
import { chargeOf, containersOf, problemsOf, Seen } from '../observe';
import { GIB, Series } from '../series';
import { assertClose, assertWebIsRight } from './right';
import { Cases } from './types';

/** Changes the readings of a container whose names begin so. */
const changing =
  (prefix: string) =>
  (all: Series[], change: (value: number, at: number) => number): Series[] =>
    all.map(one =>
      one.metric.startsWith(prefix)
        ? {
            ...one,
            samples: one.samples.map(([at, value]): [number, number] => [
              at,
              change(value, at),
            ]),
          }
        : one,
    );
const withCpu = changing('container_cpu');
const withMemory = changing('container_memory');

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

/** Ten minutes that begin and end in the midst of slots. */
const TEN_MINUTES = (at: number) => at > 5000 && at <= 5600;

/** What is right of `web`, and what is said of its readings. */
const setAside = (usageOfWeb: Series[], said: RegExp) => ({
  series: [...node(), ...pod(), ...usageOfWeb],
  check: (seen: Seen) => {
    assertWebIsRight(seen);
    const problems = seen.observations.problems.filter(
      ({ code }) => code === 'usage-impossible',
    );
    assert.deepEqual(
      problems.map(({ hour }) => hour?.slice(11, 13)),
      ['11'],
    );
    assert.match(problems[0].message, said);
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
    withMemory(usage(), (value, at) => (ONCE(at) ? 2 ** 63 : value)),
    true,
  ),
  'memory reads 0 for ten minutes': setAside(
    withMemory(usage(), (value, at) => (TEN_MINUTES(at) ? 0 : value)),
    /reads 0 of containers that run.*mean of the others.*shop\/web-1\/web/,
  ),
  'a counter reads 0 for ten minutes': setAside(
    withCpu(usage(), (value, at) => (TEN_MINUTES(at) ? 0 : 500_000 + value)),
    /reads 0 of containers that run.*mean of the others.*shop\/web-1\/web/,
  ),
  'memory reads 0 for a whole hour': {
    series: [
      ...node(),
      ...pod(),
      ...withMemory(usage(), (value, at) =>
        at > 3600 && at <= 7200 ? 0 : value,
      ),
    ],
    check: seen => {
      const { gibHours } = chargeOf(seen, 1, 'web');
      assertClose(gibHours, 2, 'what it requests');
      const [web] = containersOf(seen, 1);
      assert.equal(web.memoryUsageByteSeconds, undefined);
      assert.match(
        seen.observations.problems.find(
          ({ code }) => code === 'usage-impossible',
        )?.message ?? '',
        /no others in this hour.*unknown and requests are charged/,
      );
    },
  },
  'a container sleeps, with neither memory nor CPU': {
    series: [...node(), ...pod(), ...usage({ cores: 0, gib: 0 })],
    check: seen => {
      assertClose(chargeOf(seen, 1, 'web').gibHours, 2, 'what it requests');
      assert.ok(!problemsOf(seen).includes('usage-impossible'));
    },
  },
};
