import { ContainerFacts, WorkloadFacts } from '@headroom/plugin-cost-common';
import {
  Controller,
  CronJob,
  ObjectMeta,
  OwnerReference,
  Pod,
  PodTemplate,
  Rollout,
} from '../objects';
import { containerFacts } from './containerFacts';
import { withoutUndefined } from './containerSpec';
import {
  controllerOf,
  isIntermediate,
  isMirror,
  resolveWorkload,
} from './resolveWorkload';

const APPETITE = 'headroom.io/appetite';
/** Kinds that are workloads themselves: what owns them is not looked at. */
const NATIVE = /^(Deployment|StatefulSet|DaemonSet|CronJob)$/;

interface Entry {
  facts: WorkloadFacts;
  /** When the template that `facts` were read from was made. */
  templateAt?: string;
}

/**
 * The workloads of a cluster, put together from its objects page by page.
 * Controllers go first, then pods; of both only what a workload's facts need
 * is kept.
 */
export class WorkloadBook {
  readonly #entries = new Map<string, Entry>();
  /** Controllers of ReplicaSets and Jobs, by the uid of the latter. */
  readonly #controllers = new Map<string, OwnerReference>();
  /** Templates of Deployments that a Rollout may refer to. */
  readonly #deployments = new Map<string, ContainerFacts[]>();

  static create(): WorkloadBook {
    return new WorkloadBook();
  }

  /** A Deployment, StatefulSet or DaemonSet. */
  addController(kind: string, { metadata, spec }: Controller): void {
    const containers = containerFacts(spec.template.spec);
    this.#put(kind, metadata, {
      replicas: kind === 'DaemonSet' ? undefined : spec.replicas ?? 1,
      containers,
      appetite: appetiteOf(metadata, spec.template),
    });
    if (kind === 'Deployment') {
      this.#deployments.set(nameOf(metadata), containers);
    }
  }

  addCronJob({ metadata, spec }: CronJob): void {
    const { template } = spec.jobTemplate.spec;
    this.#put('CronJob', metadata, {
      containers: containerFacts(template.spec),
      appetite: appetiteOf(metadata, template),
    });
  }

  /** A custom owner that is known: what it says itself beats its ReplicaSets. */
  addRollout({ metadata, spec }: Rollout): void {
    const own = containerFacts(spec.template?.spec ?? {});
    const { workloadRef } = spec;
    const referred =
      workloadRef?.kind === 'Deployment'
        ? this.#deployments.get(`${metadata.namespace}/${workloadRef.name}`)
        : undefined;
    this.#put('Rollout', metadata, {
      replicas: spec.replicas ?? 1,
      containers: own.length > 0 ? own : referred ?? [],
      appetite: appetiteOf(metadata, spec.template ?? {}),
    });
  }

  /** A ReplicaSet or Job: leads to its controller, or is a workload. */
  addIntermediate(kind: 'ReplicaSet' | 'Job', object: Controller): void {
    const { metadata, spec } = object;
    const controller = controllerOf(metadata);
    const replicas = kind === 'Job' ? spec.parallelism ?? 1 : spec.replicas;
    if (controller) {
      this.#controllers.set(metadata.uid, controller);
    }
    if (!controller || !NATIVE.test(controller.kind)) {
      this.#addByTemplate(
        controller ?? { kind, name: metadata.name, uid: metadata.uid },
        metadata,
        spec.template,
        replicas,
      );
    }
  }

  addPod(pod: Pod): void {
    const { metadata, spec } = pod;
    const owner = controllerOf(metadata);
    const mirror = isMirror(metadata);
    const workload = resolveWorkload(pod, uid => this.#controllers.get(uid));
    if (!owner || mirror) {
      if (isOver(pod)) {
        return;
      }
      this.#put('Pod', metadata, {
        replicas: 1,
        containers: containerFacts(spec),
        appetite: metadata.annotations?.[APPETITE],
        bare: mirror ? undefined : true,
      });
    } else if (!isIntermediate(owner) && !NATIVE.test(owner.kind)) {
      this.#addByTemplate(
        owner,
        metadata,
        { metadata, spec },
        isOver(pod) ? 0 : 1,
      );
    }
    if (isPending(pod)) {
      // A controller that is younger than its list isn't known: next time.
      const entry = this.#entries.get(workload.uid);
      if (entry) {
        entry.facts.pendingPods = (entry.facts.pendingPods ?? 0) + 1;
      }
    }
  }

  /** By namespace, kind and name. */
  workloads(): WorkloadFacts[] {
    return [...this.#entries.values()]
      .map(({ facts }) => facts)
      .sort(
        (a, b) =>
          compare(a.namespace, b.namespace) ||
          compare(a.kind, b.kind) ||
          compare(a.name, b.name),
      );
  }

  #put(
    kind: string,
    { namespace = '', name, uid }: ObjectMeta,
    more: Omit<WorkloadFacts, 'namespace' | 'kind' | 'name' | 'uid'>,
  ): void {
    const facts = withoutUndefined({ namespace, kind, name, uid, ...more });
    this.#entries.set(uid, { facts });
  }

  /** What is below a workload of another kind: the newest template speaks for it, replicas add up. */
  #addByTemplate(
    top: Pick<OwnerReference, 'kind' | 'name' | 'uid'>,
    { namespace = '', creationTimestamp = '', annotations = {} }: ObjectMeta,
    template: PodTemplate,
    replicas = 0,
  ): void {
    const entry = this.#entries.get(top.uid);
    if (!entry) {
      const facts = withoutUndefined({
        namespace,
        kind: top.kind,
        name: top.name,
        uid: top.uid,
        replicas,
        containers: containerFacts(template.spec),
        appetite:
          annotations[APPETITE] ?? template.metadata?.annotations?.[APPETITE],
      });
      this.#entries.set(top.uid, { facts, templateAt: creationTimestamp });
      return;
    }
    const { facts, templateAt } = entry;
    if (templateAt === undefined) {
      // It spoke for itself, but for containers it left to something unknown.
      if (facts.containers.length === 0) {
        facts.containers = containerFacts(template.spec);
      }
      return;
    }
    facts.replicas = (facts.replicas ?? 0) + replicas;
    if (creationTimestamp > templateAt) {
      facts.containers = containerFacts(template.spec);
      entry.templateAt = creationTimestamp;
    }
  }
}

function appetiteOf(
  { annotations }: ObjectMeta,
  template: Partial<PodTemplate>,
): string | undefined {
  return annotations?.[APPETITE] ?? template.metadata?.annotations?.[APPETITE];
}

function nameOf({ namespace, name }: ObjectMeta): string {
  return `${namespace}/${name}`;
}

function isOver({ status }: Pod): boolean {
  return status?.phase === 'Succeeded' || status?.phase === 'Failed';
}

/** A pod no node has room for, or that a node threw out. */
function isPending({ status }: Pod): boolean {
  if (status?.phase === 'Failed') {
    return status.reason === 'Evicted';
  }
  return (
    status?.phase === 'Pending' &&
    Boolean(
      status.conditions?.some(
        ({ type, status: value, reason }) =>
          type === 'PodScheduled' &&
          value === 'False' &&
          reason === 'Unschedulable',
      ),
    )
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
