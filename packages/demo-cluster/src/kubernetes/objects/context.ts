import { PodLife } from '../../world/lives';
import { merged } from '../../world/interventions/applyEntry';
import { objectUid, workloadId } from '../../world/objectIds';
import { WorkloadSpec } from '../../world/types';
import { ClusterState, WorldCluster } from '../../world/WorldCluster';
import { KubeObject, ObjectMeta, OwnerReference } from '../types';

/** From binding until the containers of a pod answer. */
export const READY_SECONDS = 15;

/** What the builders of objects work from. */
export class ObjectContext {
  readonly cluster: WorldCluster;
  readonly state: ClusterState;
  readonly #pods = new Map<string, PodLife[]>();

  constructor(cluster: WorldCluster, state: ClusterState) {
    this.cluster = cluster;
    this.state = state;
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

  /** Whether a pod that hasn't ended answers. */
  isReady(life: PodLife): boolean {
    return this.state.seconds >= life.from + READY_SECONDS;
  }

  /** Pods of a workload that live or wait. */
  podsOf(spec: WorkloadSpec): PodLife[] {
    return this.#pods.get(workloadId(spec)) ?? [];
  }

  /** The uid of an object; the same for as long as it exists. `extra` tells apart those that follow each other under one name. */
  uid(kind: string, namespace: string, name: string, extra = ''): string {
    return objectUid(this.cluster, kind, namespace, name, extra);
  }

  /** An instant of the world, as Kubernetes writes it: to the second. */
  time(seconds: number): string {
    const ms = this.cluster.start.getTime() + Math.floor(seconds) * 1000;
    return new Date(ms).toISOString().replace('.000Z', 'Z');
  }

  /** When a workload came to be. */
  born(spec: WorkloadSpec): number {
    return Math.max(0, spec.exists?.from ?? 0) * 3600;
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
  for (const key of ['app', 'k8s-app', 'run']) {
    if (spec.labels[key]) {
      return { [key]: spec.labels[key] };
    }
  }
  return spec.labels;
}

/** Objects of one kind, under the key the store has them by. */
export type ObjectsByKind = Record<string, KubeObject[]>;
