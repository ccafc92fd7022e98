import { applied, compareFields } from '../kubernetes/fields/fieldSet';
import { hintsOf } from '../kubernetes/fields/hints';
import { isMap, Json, valueAt, withValueAt } from '../kubernetes/fields/json';
import { TRACKING_ANNOTATION } from '../kubernetes/ownership/owners';
import { cpuQuantity, exactMemoryQuantity } from '../kubernetes/quantities';
import { findResource } from '../kubernetes/resources';
import { StatusError } from '../kubernetes/status';
import { KubeObject } from '../kubernetes/types';
import { ownable } from '../kubernetes/writes/applying';
import { ObjectWriter } from '../kubernetes/writes/ObjectWriter';
import { ContainerPatch } from '../world/interventions/Intervention';
import { WorldCluster } from '../world/WorldCluster';

/** The name that Argo CD writes under. */
const MANAGER = 'argocd-controller';

/** Deployments whose application heals itself; the others that Argo CD manages wait for somebody to sync them. */
const HEALED = [
  { cluster: 'us-west', namespace: 'storefront', name: 'catalog-search' },
];

const RESOURCE = findResource('apps', 'v1', 'deployments')!;
const CONTAINERS = ['spec', 'template', 'spec', 'containers'];

/** What Git says of a Deployment, as far as it can be changed. */
interface Wanted {
  replicas: number;
  containers: Record<string, ContainerPatch>;
}

/**
 * A GitOps controller that heals itself: when somebody else changes a field that
 * Git has of a Deployment, it applies again what Git says, some seconds later.
 * Annotations and labels that Git doesn't have stay. What was merged, and
 * whatever else is written under its own name, is what Git says from then on.
 */
export class SelfHealing {
  readonly #cluster: WorldCluster;
  readonly #writerAt: (at: Date) => ObjectWriter;
  readonly #afterSeconds: number;
  readonly #names: Array<{ namespace: string; name: string }>;
  /** How much was done to the cluster when it last looked. */
  #looked = -1;
  /** When it is to act next, in seconds since the start of the world. */
  #dueAt = Infinity;

  /**
   * @param writerAt - writes as of an instant
   * @param afterSeconds - from the change until it acts
   */
  static create(options: {
    cluster: WorldCluster;
    writerAt: (at: Date) => ObjectWriter;
    afterSeconds: number;
  }): SelfHealing {
    return new SelfHealing(
      options.cluster,
      options.writerAt,
      options.afterSeconds,
    );
  }

  private constructor(
    cluster: WorldCluster,
    writerAt: (at: Date) => ObjectWriter,
    afterSeconds: number,
  ) {
    this.#cluster = cluster;
    this.#writerAt = writerAt;
    this.#afterSeconds = afterSeconds;
    this.#names = HEALED.filter(each => each.cluster === cluster.name);
  }

  /** Does what is due by an instant, as of when it was due. */
  async catchUp(now: Date): Promise<void> {
    const { interventions, start } = this.#cluster;
    const seconds = Math.floor((now.getTime() - start.getTime()) / 1000);
    if (this.#looked === interventions && seconds < this.#dueAt) {
      return;
    }
    this.#dueAt = Infinity;
    for (const name of this.#names) {
      const due = this.#changedAt(name, seconds) + this.#afterSeconds;
      if (due <= seconds) {
        await this.#heal(name, seconds, due);
      } else {
        this.#dueAt = Math.min(this.#dueAt, due);
      }
    }
    this.#looked = this.#cluster.interventions;
  }

  #doneTo(object: { namespace: string; name: string }, seconds: number) {
    const found = { kind: 'Deployment' as const, ...object };
    const uid = this.#cluster.specAt(found, this.#cluster.start)?.uid ?? '';
    return this.#cluster.doneTo({ ...found, uid }, seconds);
  }

  /** When somebody else changed what Git has since it last acted; Infinity = nobody did. */
  #changedAt(
    object: { namespace: string; name: string },
    seconds: number,
  ): number {
    const done = this.#doneTo(object, seconds);
    const mine = done.findLastIndex(({ by }) => by?.manager === MANAGER);
    const foreign = done
      .slice(mine + 1)
      .find(({ patch }) => patch.replicas !== undefined || patch.containers);
    return foreign?.seconds ?? Infinity;
  }

  async #heal(
    object: { namespace: string; name: string },
    seconds: number,
    due: number,
  ): Promise<void> {
    const at = Math.max(due, this.#cluster.lastDone);
    const writer = this.#writerAt(
      new Date(this.#cluster.start.getTime() + at * 1000),
    );
    const request = { resource: RESOURCE, ...object };
    const options = {
      isApply: true,
      isPatch: true,
      manager: MANAGER,
      dryRun: false,
      strict: false,
      force: true,
    };
    try {
      const { live } = writer.live(request);
      const config = manifestOf(live, this.#wanted(object, seconds));
      const hints = hintsOf(RESOURCE);
      const after = ownable(applied(live, ownable(config), hints));
      if (compareFields(ownable(live), after, hints).changed) {
        await writer.patch(
          request,
          JSON.stringify(config),
          'application/apply-patch+yaml',
          () => options,
        );
      }
    } catch (error) {
      // It is gone, or the world takes no more: nothing is to be healed.
      if (!(error instanceof StatusError)) {
        throw error;
      }
    }
  }

  #wanted(
    object: { namespace: string; name: string },
    seconds: number,
  ): Wanted {
    const { replicas = 1, containers = [] } =
      this.#cluster.specAt(
        { kind: 'Deployment', ...object },
        this.#cluster.start,
      ) ?? {};
    const wanted: Wanted = {
      replicas,
      containers: Object.fromEntries(
        containers.map(each => [
          each.name,
          {
            cpuRequestCores: each.cpuRequestCores,
            memoryRequestBytes: each.memoryRequestBytes,
            cpuLimitCores: each.cpuLimitCores ?? null,
            memoryLimitBytes: each.memoryLimitBytes ?? null,
          },
        ]),
      ),
    };
    for (const { by, patch } of this.#doneTo(object, seconds)) {
      if (by?.manager === MANAGER) {
        wanted.replicas = patch.replicas ?? wanted.replicas;
        for (const [name, change] of Object.entries(patch.containers ?? {})) {
          wanted.containers[name] = { ...wanted.containers[name], ...change };
        }
      }
    }
    return wanted;
  }
}

function amounts(
  cpu: number | null | undefined,
  memory: number | null | undefined,
) {
  return {
    ...(typeof cpu === 'number' && { cpu: cpuQuantity(cpu) }),
    ...(typeof memory === 'number' && { memory: exactMemoryQuantity(memory) }),
  };
}

/** The Deployment as Git has it: as it is, but for what Git says otherwise. */
function manifestOf(live: KubeObject, wanted: Wanted): Json {
  const { labels, annotations = {}, name, namespace } = live.metadata;
  const tracking = annotations[TRACKING_ANNOTATION];
  const containers = valueAt(live, CONTAINERS) as Json[];
  const manifest = {
    apiVersion: live.apiVersion,
    kind: live.kind,
    metadata: {
      name,
      namespace,
      labels,
      ...(tracking && { annotations: { [TRACKING_ANNOTATION]: tracking } }),
    },
    spec: {
      ...(isMap(live.spec) ? live.spec : {}),
      replicas: wanted.replicas,
    },
  };
  return withValueAt(
    manifest,
    CONTAINERS,
    containers.map(container => {
      const of = wanted.containers[String(valueAt(container, ['name']))] ?? {};
      return withValueAt(container, ['resources'], {
        requests: amounts(of.cpuRequestCores, of.memoryRequestBytes),
        limits: amounts(of.cpuLimitCores, of.memoryLimitBytes),
      });
    }),
  );
}
