import { CreatedObject } from '../../world/creations/CreatedObjects';
import { PodLife } from '../../world/lives';
import { merged } from '../../world/interventions/applyEntry';
import { objectUid, workloadId } from '../../world/objectIds';
import { WorkloadSpec } from '../../world/types';
import { ClusterState, WorldCluster } from '../../world/WorldCluster';
import { KubeObject, ObjectMeta, OwnerReference } from '../types';

/** From binding until the containers of a pod answer. */
export const READY_SECONDS = 15;

/** How long a kubelet waits after the first, second, … kill; in this world one comes every five minutes. */
const BACK_OFF_SECONDS = [10, 20, 40, 80, 150];
/** How long it remembers kills. */
const BACK_OFF_MEMORY_SECONDS = 1800;

/** What the builders of objects work from. */
export class ObjectContext {
  readonly cluster: WorldCluster;
  readonly state: ClusterState;
  /** What somebody made, and that is there. */
  readonly created: CreatedObject[];
  readonly #pods = new Map<string, PodLife[]>();

  constructor(cluster: WorldCluster, state: ClusterState) {
    this.cluster = cluster;
    this.state = state;
    this.created = cluster.allCreated(state.seconds);
    for (const life of state.pods) {
      const id = workloadId(life.spec);
      const mine = this.#pods.get(id);
      if (mine) {
        mine.push(life);
      } else {
        this.#pods.set(id, [life]);
      }
    }
  }

  /** Whether the containers of a pod have started, if only once. */
  hasStarted(life: PodLife): boolean {
    return this.state.seconds >= life.from + READY_SECONDS;
  }

  /** Whether a pod that hasn't ended answers. */
  isReady(life: PodLife): boolean {
    return (
      this.hasStarted(life) &&
      !life.containers.some((_, index) => this.isBackingOff(life, index))
    );
  }

  /** Whether the kubelet waits before it starts a container again that was killed time and again. */
  isBackingOff(life: PodLife, index: number): boolean {
    const { seconds } = this.state;
    const { restarts } = this.cluster;
    const before = seconds - BACK_OFF_MEMORY_SECONDS;
    const kills = restarts.between(life, index, before, seconds + 1);
    if (kills < 2) {
      return false;
    }
    const wait = BACK_OFF_SECONDS[Math.min(kills, BACK_OFF_SECONDS.length) - 1];
    return seconds < restarts.until(life, index, seconds).last! + wait;
  }

  /** Pods of a workload that live or wait. */
  podsOf(spec: WorkloadSpec): PodLife[] {
    return this.#pods.get(workloadId(spec)) ?? [];
  }

  /** The uid of an object; the same for as long as it exists. `extra` tells apart those that follow each other under one name. */
  uid(kind: string, namespace: string, name: string, extra = ''): string {
    return extra === '' && this.created.length > 0
      ? this.cluster.uidOf({ kind, namespace, name }, this.state.seconds)
      : objectUid(this.cluster, kind, namespace, name, extra);
  }

  /** An instant of the world, as Kubernetes writes it: to the second. */
  time(seconds: number): string {
    const ms = this.cluster.start.getTime() + Math.floor(seconds) * 1000;
    return new Date(ms).toISOString().replace('.000Z', 'Z');
  }

  /** When a workload came to be. */
  born(spec: WorkloadSpec): number {
    const { kind, namespace, name } = spec;
    const made = this.cluster.createdAt(
      { kind, namespace, name },
      this.state.seconds,
    );
    return made?.createdAt ?? Math.max(0, spec.exists?.from ?? 0) * 3600;
  }

  meta(
    kind: string,
    namespace: string | undefined,
    name: string,
    more: Partial<ObjectMeta> & { bornAt?: number } = {},
  ): ObjectMeta {
    const { bornAt = 0, ...rest } = more;
    const meta = {
      name,
      ...(namespace !== undefined && { namespace }),
      uid: this.uid(kind, namespace ?? '', name),
      creationTimestamp: this.time(bornAt),
      ...rest,
    };
    const edits = this.cluster.metadataOf(
      { kind, namespace, name, uid: meta.uid },
      this.state.seconds,
    );
    return edits
      ? {
          ...meta,
          labels: merged(meta.labels ?? {}, edits.labels),
          annotations: merged(meta.annotations ?? {}, edits.annotations),
        }
      : meta;
  }

  /** A reference to the controller of an object. */
  owner(
    apiVersion: string,
    kind: string,
    namespace: string,
    name: string,
  ): OwnerReference {
    return {
      apiVersion,
      kind,
      name,
      uid: this.uid(kind, namespace, name),
      controller: true,
      blockOwnerDeletion: true,
    };
  }
}

/** Labels by which a workload finds its pods. */
export function matchLabels(spec: WorkloadSpec): Record<string, string> {
  if (spec.matchLabels) {
    return spec.matchLabels;
  }
  for (const key of ['app', 'k8s-app', 'run']) {
    if (spec.labels[key]) {
      return { [key]: spec.labels[key] };
    }
  }
  return spec.labels;
}

/** Objects of one kind, under the key the store has them by. */
export type ObjectsByKind = Record<string, KubeObject[]>;
