import { createHash } from 'node:crypto';
import { HOUR_MS } from '@headroom/common';
import { computedAt, inventoryAt } from '../kubernetes/objects';
import { createWorld } from './createWorld';
import { WorldCluster } from './WorldCluster';

const START = new Date('2026-01-05T00:00:00Z');
/** A Monday with a burst, a week after a release, with limits that were raised before. */
const DAY = 56;

function dayOf(cluster: WorldCluster): string {
  const at = (hour: number, minute = 0) =>
    new Date(START.getTime() + (DAY * 24 + hour) * HOUR_MS + minute * 60_000);
  const hash = createHash('sha256');
  const add = (value: unknown) => hash.update(JSON.stringify(value));
  add(cluster.observe(at(0), at(24)));
  add(cluster.units(at(0), at(24)));
  add(cluster.prices(at(0), at(24)));
  for (let hour = 0; hour < 24; hour++) {
    add([...inventoryAt(cluster, at(hour, 17))]);
    add(computedAt(cluster, at(hour, 17), 'nodes'));
    add(computedAt(cluster, at(hour, 17), 'pods'));
  }
  return hash.digest('hex');
}

describe('a day of a world to which nothing was done', () => {
  it.each([
    [
      'us-west',
      'ec7ab7347407b7ca1c5e2151c8cc98d776dcd11c04afa6a63a43c687e38a2ddd',
    ],
    [
      'eu-central',
      'f1a52464c5c2c49cefd91868e7588d523c819b1b1956f15b7b6756ec84455513',
    ],
  ])('is in %s what it has been', (name, hash) => {
    const world = createWorld({ seed: 1, start: START });
    expect(dayOf(world.cluster(name))).toBe(hash);
  });
});
