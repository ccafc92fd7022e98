import { WorkloadRef } from '@headroom/common';
import {
  ClusterCache,
  ClusterConfig,
  ClusterSnapshot,
} from '@headroom/plugin-clusters-node';
import { ScalingTarget } from '@headroom/plugin-scaling-common';
import {
  readScalingTargets,
  WorkloadContext,
} from '@headroom/plugin-scaling-node';
import { Links, workloadKey } from '../../database/LinkStore';
import { StartUps } from '../../database/StartUpStore';
import { Breather } from '../Breather';

/** What one cluster has, as it was at a moment. */
export interface ClusterView {
  config: ClusterConfig;
  /** Absent = nothing says how to reach it. */
  snapshot?: ClusterSnapshot;
  targets: readonly ScalingTarget[];
  /** By uid of a workload. */
  byWorkload: ReadonlyMap<string, ScalingTarget>;
  /** By uid of a workload, and of what steers it. */
  byObject: ReadonlyMap<string, ScalingTarget>;
}

/** Reads a cluster's cache into targets, anew only when something has changed. */
export class ClusterReading {
  readonly #config: ClusterConfig;
  readonly #cache: ClusterCache | undefined;
  #links: Links | undefined;
  #startUps: StartUps | undefined;
  #view: ClusterView | undefined;

  static create(options: {
    config: ClusterConfig;
    cache: ClusterCache | undefined;
  }): ClusterReading {
    return new ClusterReading(options);
  }

  private constructor({
    config,
    cache,
  }: Parameters<typeof ClusterReading.create>[0]) {
    this.#config = config;
    this.#cache = cache;
  }

  get cache(): ClusterCache | undefined {
    return this.#cache;
  }

  async view(links: Links, startUps: StartUps): Promise<ClusterView> {
    const snapshot = this.#cache?.snapshot();
    const last = this.#view;
    if (
      last &&
      this.#links === links &&
      this.#startUps === startUps &&
      sameObjects(last.snapshot, snapshot)
    ) {
      // What is known of it, and how old that is, is always as it is now.
      this.#view = { ...last, ...(snapshot && { snapshot }) };
      return this.#view;
    }
    const targets: ScalingTarget[] = [];
    const breather = Breather.create({ beside: true });
    for (const target of snapshot ? readAll(snapshot, links, startUps) : []) {
      targets.push(target);
      await breather.breathe();
    }
    const byObject = new Map<string, ScalingTarget>();
    for (const target of targets) {
      byObject.set(target.workload.uid, target);
      if (target.autoscaler) {
        byObject.set(target.autoscaler.object.uid, target);
      }
    }
    this.#links = links;
    this.#startUps = startUps;
    this.#view = {
      config: this.#config,
      ...(snapshot && { snapshot }),
      targets,
      byWorkload: new Map(targets.map(target => [target.workload.uid, target])),
      byObject,
    };
    return this.#view;
  }
}

function readAll(
  snapshot: ClusterSnapshot,
  links: Links,
  startUps: StartUps,
): Generator<ScalingTarget> {
  return readScalingTargets(snapshot, {
    contextOf: workload => ({
      ...contextOf(links, snapshot.cluster, workload),
      ...startUpOf(startUps, snapshot.cluster, workload),
    }),
  });
}

function contextOf(
  links: Links,
  cluster: string,
  workload: WorkloadRef,
): WorkloadContext | undefined {
  const entityRef = links.byWorkload.get(workloadKey({ cluster, ...workload }));
  const entity = entityRef ? links.entities.get(entityRef) : undefined;
  if (!entity) {
    return undefined;
  }
  const teams = links.teams.get(entity.entityRef) ?? [];
  return {
    entityRef: entity.entityRef,
    ...(entity.system && { system: entity.system }),
    ...(teams.length > 0 && { teams }),
  };
}

function startUpOf(
  startUps: StartUps,
  cluster: string,
  workload: WorkloadRef,
): WorkloadContext | undefined {
  const found = startUps.get(workloadKey({ cluster, ...workload }));
  return found && { startUpSeconds: found.seconds, startUps: found.starts };
}

function sameObjects(
  a: ClusterSnapshot | undefined,
  b: ClusterSnapshot | undefined,
): boolean {
  if (!a || !b) {
    return a === b;
  }
  return (
    (Object.keys(a.objects) as Array<keyof ClusterSnapshot['objects']>).every(
      kind => a.objects[kind] === b.objects[kind],
    ) &&
    a.behind.size === b.behind.size &&
    [...a.behind].every(uid => b.behind.has(uid))
  );
}
