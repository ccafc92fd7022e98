import { CLUSTERS } from './catalogue';
import {
  Intervention,
  InterventionError,
  ObjectRef,
  parseIntervention,
} from './interventions/Intervention';
import { ObjectSpec } from './interventions/specInForce';
import { hashText, mix } from './random';
import { WorldCluster } from './WorldCluster';

/** Most interventions a world takes. @public */
export const MOST_INTERVENTIONS = 10_000;
/** Most characters that they have together, as JSON. */
const MOST_CHARACTERS = 40_000_000;

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
  /**
   * Changes an object from `at` on; what was before stays. In memory only. At
   * most {@link MOST_INTERVENTIONS}, each not before the one before it in its
   * cluster. Throws {@link InterventionError}.
   */
  intervene(entry: Intervention): void;
  /** Throws what {@link World.intervene} would throw, and changes nothing. */
  check(entry: Intervention): void;
  /** What is in force of an object at an instant; undefined when it isn't there. */
  specAt(object: ObjectRef, at: Date): ObjectSpec | undefined;
}

/**
 * What runs in the demo, what it uses and what it costs, as a pure function of
 * seed, time and what was done to it.
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
  const named = (name: string) =>
    clusters.find(cluster => cluster.name === name);
  const names = clusters.map(cluster => cluster.name).join(', ');
  let characters = 0;
  /** The cluster an entry is for, and the entry as it may be kept. */
  const admitted = (value: Intervention) => {
    const entry = parseIntervention(value);
    const cluster = named(entry.object.cluster);
    if (!cluster) {
      throw new InterventionError(
        'not-found',
        `There is no cluster "${entry.object.cluster}"; there are ${names}.`,
      );
    }
    const done = clusters.reduce((sum, each) => sum + each.interventions, 0);
    const length = JSON.stringify(entry).length;
    if (done >= MOST_INTERVENTIONS || characters + length > MOST_CHARACTERS) {
      throw new InterventionError(
        'too-many',
        `The world has been changed ${done} times, and takes no more; start a new one.`,
      );
    }
    return { cluster, entry, length };
  };
  return {
    start,
    clusters,
    cluster(name) {
      const found = named(name);
      if (!found) {
        throw new RangeError(`No cluster "${name}"; there are ${names}`);
      }
      return found;
    },
    intervene(value) {
      const { cluster, entry, length } = admitted(value);
      cluster.intervene(entry);
      characters += length;
    },
    check(value) {
      const { cluster, entry } = admitted(value);
      cluster.check(entry);
    },
    specAt: (object, at) => named(object.cluster)?.specAt(object, at),
  };
}
