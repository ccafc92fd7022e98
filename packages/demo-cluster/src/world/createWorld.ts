import { CLUSTERS } from './catalogue';
import { hashText, mix } from './random';
import { WorldCluster } from './WorldCluster';

/** @public */
export interface WorldOptions {
  /** Any number or text; the same seed and start give the same world. */
  seed: number | string;
  /** First hour of the history; rounded down to the hour, UTC. */
  start: Date;
  /** Copies of every workload, 1 = as in the catalog. 75 make more than 10,000 containers. */
  scale?: number;
}

/** @public */
export interface World {
  start: Date;
  clusters: WorldCluster[];
  /** Throws a RangeError when there is no such cluster. */
  cluster(name: string): WorldCluster;
}

/**
 * What runs in the demo, what it uses and what it costs, as a pure function of
 * seed and time.
 *
 * @public
 */
export function createWorld(options: WorldOptions): World {
  const { seed, scale = 1 } = options;
  if (!Number.isInteger(scale) || scale < 1) {
    throw new RangeError(`scale must be a whole number from 1, not ${scale}`);
  }
  const start = new Date(options.start);
  start.setUTCMinutes(0, 0, 0);
  const clusters = CLUSTERS.map(spec =>
    WorldCluster.create({
      spec,
      seed: mix(hashText(String(seed)), hashText(spec.name)),
      start,
      scale,
    }),
  );
  return {
    start,
    clusters,
    cluster(name) {
      const found = clusters.find(cluster => cluster.name === name);
      if (!found) {
        const names = clusters.map(cluster => cluster.name).join(', ');
        throw new RangeError(`No cluster "${name}"; there are ${names}`);
      }
      return found;
    },
  };
}
