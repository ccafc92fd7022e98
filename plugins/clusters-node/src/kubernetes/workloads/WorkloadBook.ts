import {
  APPETITE_ANNOTATION,
  ContainerFacts,
  WorkloadFacts,
  WorkloadLabels,
} from '@headroom/common';
import {
  Controller,
  CronJob,
  DeploymentConfig,
  ObjectMeta,
  OwnerReference,
  Pod,
  PodTemplate,
  Rollout,
} from '../objects';
import { boundLabels } from '../labels/boundLabels';
import { assertSound } from './assertSound';
import { containerFacts, containersOf } from './containerFacts';
import { withoutUndefined } from './containerSpec';
import { claimsOf, nodeLabelsOf } from './placement';
import { podFacts } from './podFacts';
import {
  controllerOf,
  isIntermediate,
  isStatic,
  knativeServiceOf,
  resolveWorkload,
} from './resolveWorkload';

/** Kinds that are workloads themselves: what owns them is not looked at. */
const NATIVE = /^(Deployment|StatefulSet|DaemonSet|CronJob)$/;

interface Entry {
  facts: WorkloadFacts;
  /** Of the pod template. */
  labels: Record<string, string>;
  /** When the template that `facts` were read from was made. */
  templateAt?: string;
}

/**
 * The workloads of a cluster, put together from its objects page by page.
 * Controllers go first, then pods; of both only what a workload's facts need
 * is kept. What adds an object throws when it is malformed, and keeps nothing
 * of it but whose it is.
 */
export class WorkloadBook {
  /** By {@link keyOf}. */
  readonly #entries = new Map<string, Entry>();
  /** ReplicaSets, ReplicationControllers and Jobs that were listed, by uid; with what controls them. */
  readonly #intermediates = new Map<string, OwnerReference | undefined>();
  /** Templates of Deployments that a Rollout may refer to. */
  readonly #deployments = new Map<string, ContainerFacts[]>();

  static create(): WorkloadBook {
    return new WorkloadBook();
  }

  /** A Deployment, StatefulSet or DaemonSet; those that are revisions of one Service are that. */
  addController(kind: string, { metadata, spec }: Controller): void {
    const service = knativeServiceOf(kind, spec.template.metadata);
    if (service) {
      const { template, replicas = 1 } = spec;
      this.#addByTemplate(service, metadata, template, replicas);
      return;
    }
    const containers = containersOf(spec.template.spec);
    this.#put(kind, metadata, spec.template, {
      replicas: kind === 'DaemonSet' ? undefined : spec.replicas ?? 1,
      containers,
      volumeClaims: claimsOf(spec),
    });
    if (kind === 'Deployment') {
      this.#deployments.set(nameOf(metadata), containers);
    }
  }

  addCronJob({ metadata, spec }: CronJob): void {
    const { template } = spec.jobTemplate.spec;
    this.#put('CronJob', metadata, template, {
      containers: containersOf(template.spec),
    });
  }

  /** What it says itself beats its ReplicationControllers, one of which is made a rollout. */
  addDeploymentConfig({ metadata, spec }: DeploymentConfig): void {
    const template: Partial<PodTemplate> = spec.template ?? {};
    this.#put('DeploymentConfig', metadata, template, {
      replicas: spec.replicas ?? 1,
      containers: containerFacts(template.spec ?? {}),
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
    this.#put('Rollout', metadata, spec.template ?? {}, {
      replicas: spec.replicas ?? 1,
      containers: own.length > 0 ? own : referred ?? [],
    });
  }

  /** A ReplicaSet, ReplicationController or Job: leads to its controller, or is a workload. */
  addIntermediate(
    kind: 'ReplicaSet' | 'ReplicationController' | 'Job',
    object: Controller,
  ): void {
    const { metadata, spec } = object;
    const controller = controllerOf(metadata);
    const replicas = kind === 'Job' ? spec.parallelism ?? 1 : spec.replicas;
    this.#intermediates.set(metadata.uid, controller);
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
    const workload = resolveWorkload(pod, uid => this.#intermediates.get(uid));
    const pending = isPending(pod);
    const { podOverhead } = podFacts(spec);
    if (workload.kind === 'Pod') {
      if (isOver(pod)) {
        return;
      }
      if (isStatic(metadata)) {
        this.#addByTemplate(workload, metadata, { metadata, spec }, 1);
      } else {
        this.#put('Pod', metadata, pod, {
          replicas: 1,
          containers: containersOf(spec),
          bare: true,
        });
      }
    } else if (this.#speaksForItsWorkload(metadata)) {
      this.#addByTemplate(
        workload,
        metadata,
        { metadata, spec },
        isOver(pod) ? 0 : 1,
      );
    }
    // A controller that is younger than its list isn't known: next time.
    const facts = this.#entries.get(keyOf(workload))?.facts;
    if (facts && pending) {
      facts.pendingPods = (facts.pendingPods ?? 0) + 1;
    }
    if (facts && podOverhead) {
      facts.podOverhead = podOverhead;
    }
  }

  /** Whether a pod is all there is to read its workload from. */
  #speaksForItsWorkload(metadata: ObjectMeta): boolean {
    const owner = controllerOf(metadata);
    if (!owner || NATIVE.test(owner.kind)) {
      return false; // without an owner it is one that rolls a DeploymentConfig out
    }
    // ReplicationControllers need not be allowed to be listed.
    return (
      !isIntermediate(owner) ||
      (owner.kind === 'ReplicationController' &&
        !this.#intermediates.has(owner.uid))
    );
  }

  /** Labels of the pods of each workload that has any, bounded in size. */
  labels(): WorkloadLabels[] {
    return [...this.#entries.values()].flatMap(
      ({ facts: { namespace, kind, name }, labels }) =>
        Object.keys(labels).length > 0
          ? [{ namespace, kind, name, labels }]
          : [],
    );
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
    metadata: ObjectMeta,
    template: Partial<PodTemplate>,
    more: Pick<
      WorkloadFacts,
      'replicas' | 'containers' | 'bare' | 'volumeClaims'
    >,
  ): void {
    const { namespace = '', name, uid } = metadata;
    const facts = withoutUndefined({
      namespace,
      kind,
      name,
      uid,
      ...more,
      ...podFacts(template.spec),
      nodeLabels: nodeLabelsOf(template.spec),
      appetite: appetiteOf(metadata, template),
    });
    const labels = labelsOf(template);
    assertSound(facts, labels);
    this.#entries.set(keyOf(facts), { facts, labels });
  }

  /** What is below a workload of another kind: the newest template speaks for it, replicas add up. */
  #addByTemplate(
    top: Pick<OwnerReference, 'kind' | 'name' | 'uid'>,
    metadata: ObjectMeta,
    template: PodTemplate,
    replicas = 0,
  ): void {
    const { namespace = '', creationTimestamp = '' } = metadata;
    const { kind, name, uid } = top;
    const own: Entry = {
      facts: withoutUndefined({
        namespace,
        kind,
        name,
        uid,
        replicas,
        containers: containersOf(template.spec),
        ...podFacts(template.spec),
        nodeLabels: nodeLabelsOf(template.spec),
        appetite: appetiteOf(metadata, template),
      }),
      labels: labelsOf(template),
      templateAt: creationTimestamp,
    };
    assertSound(own.facts, own.labels);
    const entry = this.#entries.get(keyOf(own.facts));
    if (!entry) {
      this.#entries.set(keyOf(own.facts), own);
    } else if (entry.templateAt === undefined) {
      // It spoke for itself, but for what it left to something unknown.
      if (entry.facts.containers.length === 0) {
        setTemplate(entry, own);
      }
    } else {
      entry.facts.replicas = (entry.facts.replicas ?? 0) + replicas;
      if (creationTimestamp > entry.templateAt) {
        setTemplate(entry, own);
        entry.templateAt = creationTimestamp;
      }
    }
  }
}

function setTemplate(entry: Entry, { facts, labels }: Entry): void {
  const { containers, nodeLabels, podSpec, priorityClass, terminating } = facts;
  Object.assign(entry.facts, {
    containers,
    nodeLabels,
    podSpec,
    priorityClass,
    terminating,
    ...(facts.podOverhead && { podOverhead: facts.podOverhead }),
  });
  entry.facts = withoutUndefined(entry.facts);
  entry.labels = labels;
}

function keyOf({
  namespace,
  kind,
  name,
}: Pick<WorkloadFacts, 'namespace' | 'kind' | 'name'>): string {
  return `${namespace}/${kind}/${name}`;
}

function labelsOf({ metadata }: Partial<PodTemplate>): Record<string, string> {
  return boundLabels(metadata?.labels);
}

function appetiteOf(
  { annotations }: ObjectMeta,
  template: Partial<PodTemplate>,
): string | undefined {
  return (
    annotations?.[APPETITE_ANNOTATION] ??
    template.metadata?.annotations?.[APPETITE_ANNOTATION]
  );
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
