import type { LogEntry } from '../interventions/InterventionLog';
import type { ObjectKind, ObjectManifest } from '../interventions/Intervention';
import type { WorkloadSpec } from '../types';
import { scalerTarget } from './scalers';

/** An object that somebody made, as it is at a moment. */
export interface CreatedObject {
  kind: ObjectKind;
  namespace?: string;
  name: string;
  /** When it was made, in seconds since the start of the world. */
  createdAt: number;
  /** Tells it from those that had its name before; belongs to its uid. */
  incarnation: number;
  /** How often what it says was written, but for labels and annotations. */
  generation: number;
  /** As it was last written, without what the API server keeps to itself. */
  manifest: ObjectManifest;
}

/** What names an object of a cluster, whatever its kind. */
export interface ObjectName {
  kind: string;
  namespace?: string;
  name: string;
}

/** A state of an object from a moment on; without an object it is gone. */
interface Version {
  seconds: number;
  object?: CreatedObject;
}

function keyOf({ kind, namespace = '', name }: ObjectName): string {
  return `${kind}/${namespace}/${name}`;
}

/** Kinds of which pods come. */
const WORKLOAD_KINDS = ['Deployment', 'StatefulSet', 'CronJob'] as const;

/** Objects that were made in a cluster, in the order of time. */
export class CreatedObjects {
  /**
   * A spec for each workload that was ever made: it says what it is called, and
   * nothing runs of it. What it is at a moment follows from what was written.
   */
  readonly workloads: WorkloadSpec[] = [];
  readonly #versions = new Map<string, Version[]>();
  readonly #incarnations = new Map<string, number>();

  /** How many were ever made, by name. */
  get size(): number {
    return this.#versions.size;
  }

  append({ seconds, object, patch }: LogEntry): void {
    const { kind, namespace, name } = object;
    if (patch.manifest) {
      this.#noteWorkload(object);
      const before = this.#last(object);
      this.#push(object, {
        seconds,
        object: before
          ? {
              ...before,
              manifest: patch.manifest,
              generation:
                before.generation +
                (isSameBody(before.manifest, patch.manifest) ? 0 : 1),
            }
          : {
              kind,
              ...(namespace !== undefined && { namespace }),
              name,
              createdAt: seconds,
              incarnation: this.#nextIncarnation(object),
              generation: 1,
              manifest: patch.manifest,
            },
      });
    } else if (patch.deleted) {
      if (this.#last(object)) {
        this.#push(object, { seconds });
      }
      if (kind === 'Namespace') {
        for (const inside of this.all(seconds)) {
          if (inside.namespace === name) {
            this.#push(inside, { seconds });
          }
        }
      }
    }
  }

  /** The object of a name at a moment; undefined where it isn't there, or nobody made it. */
  find(object: ObjectName, seconds: number): CreatedObject | undefined {
    const versions = this.#versions.get(keyOf(object));
    return versions?.findLast(version => version.seconds <= seconds)?.object;
  }

  /** Every object that is there at a moment. */
  all(seconds: number): CreatedObject[] {
    return [...this.#versions.values()].flatMap(
      versions =>
        versions.findLast(version => version.seconds <= seconds)?.object ?? [],
    );
  }

  /** What scales a workload at a moment, of what somebody made. */
  scalerOf(workload: ObjectName, seconds: number): CreatedObject | undefined {
    return this.size === 0
      ? undefined
      : this.all(seconds).find(each => {
          const target = scalerTarget(each);
          return (
            target !== undefined &&
            each.namespace === workload.namespace &&
            target.kind === workload.kind &&
            target.name === workload.name
          );
        });
  }

  #noteWorkload({ kind, namespace = '', name }: ObjectName): void {
    const workload = WORKLOAD_KINDS.find(each => each === kind);
    if (workload && !this.#versions.has(keyOf({ kind, namespace, name }))) {
      this.workloads.push({
        kind: workload,
        namespace,
        name,
        pool: '',
        labels: {},
        containers: [],
        schedule: { type: 'fixed', replicas: 0 },
      });
    }
  }

  #last(object: ObjectName): CreatedObject | undefined {
    return this.#versions.get(keyOf(object))?.at(-1)?.object;
  }

  #push(object: ObjectName, version: Version): void {
    const key = keyOf(object);
    this.#versions.set(key, [...(this.#versions.get(key) ?? []), version]);
  }

  #nextIncarnation(object: ObjectName): number {
    const key = keyOf(object);
    const next = (this.#incarnations.get(key) ?? 0) + 1;
    this.#incarnations.set(key, next);
    return next;
  }

  /** What the `uid` of an object is made with, beside its name: of the one that is there at a moment, else of the next. */
  uidPart(object: ObjectName, seconds: number): string {
    const { incarnation } = this.find(object, seconds) ?? {
      incarnation: (this.#incarnations.get(keyOf(object)) ?? 0) + 1,
    };
    return `created/${incarnation}`;
  }
}

function isSameBody(a: ObjectManifest, b: ObjectManifest): boolean {
  const body = ({ metadata: _, ...rest }: ObjectManifest) =>
    JSON.stringify(rest);
  return body(a) === body(b);
}
