import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import { staticPodName } from '@headroom/common';
import { PART_LABEL } from '../promql/expressions';
import { keyOf, namespaceOf, objectOf } from '../reading/labels';
import { isOwner, PodRecord } from './pods';

/** A workload at its top. */
export interface Workload {
  kind: string;
  name: string;
}

/** On the pods of all revisions of a Service of Knative. */
const KNATIVE_SERVICE = 'serving_knative_dev_service';
/** What Knative makes for each revision, or what is known of it. */
const REVISED = /^(Deployment|ReplicaSet)$/;

/** Finds the workload at the top of a pod. */
export class Owners {
  readonly #owners = new Map<string, Workload>();
  /** Objects that are said to have no owner. */
  readonly #ownerless = new Set<string>();
  /** Objects of which any owner, or none, is said. */
  readonly #told = new Set<string>();
  #tellsOfPods = false;

  /** Reads the answer to `ownersQuery`. */
  static read(answer: PrometheusSeries[]): Owners {
    const owners = new Owners();
    for (const { labels } of answer) {
      const part = labels[PART_LABEL];
      const namespace = namespaceOf(labels);
      const name = objectOf(labels, part === 'job' ? 'job_name' : part);
      if (namespace && name) {
        owners.#told.add(keyOf(part, namespace, name));
        owners.#tellsOfPods ||= part === 'pod';
        if (labels.owner_is_controller !== 'false') {
          owners.#add(keyOf(part, namespace, name), labels);
        }
      }
    }
    return owners;
  }

  /**
   * The Service of Knative over the Deployment of each of its revisions, as the
   * label of its pods says; Deployment over ReplicaSet, DeploymentConfig over ReplicationController,
   * CronJob over Job, any other controller by its kind; a pod without one is its
   * own workload of kind `Pod`, and a static pod one with its copies on all nodes.
   */
  workloadOf(pod: PodRecord, podLabels: Record<string, string>): Workload {
    const top = this.#topOf(pod, podLabels);
    const service = podLabels[KNATIVE_SERVICE];
    return service && REVISED.test(top.kind)
      ? { kind: 'Service', name: service }
      : top;
  }

  #topOf(pod: PodRecord, podLabels: Record<string, string>): Workload {
    const controller = this.#controllerOf(pod);
    if (!controller) {
      return { kind: 'Pod', name: pod.pod };
    }
    if (controller.kind === 'Node') {
      return { kind: 'Pod', name: staticPodName(pod.pod, controller.name) };
    }
    if (controller.kind === 'ReplicaSet') {
      const key = keyOf('replicaset', pod.namespace, controller.name);
      // One whose Deployment is gone keeps its name and the labels of its pods.
      const guessed = this.#ownerless.has(key)
        ? undefined
        : deploymentByHash(controller.name, podLabels);
      return this.#owners.get(key) ?? guessed ?? controller;
    }
    if (controller.kind === 'ReplicationController') {
      return (
        this.#owners.get(
          keyOf('replicationcontroller', pod.namespace, controller.name),
        ) ??
        configOf(controller.name, podLabels) ??
        controller
      );
    }
    if (controller.kind === 'Job') {
      return (
        this.#owners.get(keyOf('job', pod.namespace, controller.name)) ??
        controller
      );
    }
    return controller;
  }

  /** Whether owners of pods are said at all. */
  get tellsOfPods(): boolean {
    return this.#tellsOfPods;
  }

  /** Whether it is said who owns a ReplicaSet, ReplicationController or Job, or that nobody does. */
  tellsOf(kind: string, namespace: string, name: string): boolean {
    const part = kind.toLocaleLowerCase('en-US');
    return this.#told.has(keyOf(part, namespace, name));
  }

  /** The Job a pod belongs to: one run of it, or of its CronJob. */
  runOf(pod: PodRecord): string | undefined {
    const controller = this.#controllerOf(pod);
    return controller?.kind === 'Job' ? controller.name : undefined;
  }

  #add(
    key: string,
    { owner_kind: kind, owner_name: name }: Record<string, string>,
  ): void {
    if (isOwner(kind)) {
      this.#owners.set(key, { kind, name });
    } else {
      this.#ownerless.add(key);
    }
  }

  #controllerOf({
    createdBy,
    namespace,
    pod,
  }: PodRecord): Workload | undefined {
    return createdBy ?? this.#owners.get(keyOf('pod', namespace, pod));
  }
}

/** A Deployment names its ReplicaSets `<deployment>-<pod-template-hash>`. */
function deploymentByHash(
  replicaSet: string,
  podLabels: Record<string, string>,
): Workload | undefined {
  const suffix = `-${podLabels.pod_template_hash}`;
  return podLabels.pod_template_hash && replicaSet.endsWith(suffix)
    ? { kind: 'Deployment', name: replicaSet.slice(0, -suffix.length) }
    : undefined;
}

/**
 * OpenShift labels pods of a DeploymentConfig with its name, and names its
 * ReplicationControllers `<config>-<n>`, with the next number at each rollout.
 * The name alone proves nothing: a ReplicationController that somebody created by
 * hand may be called so too.
 */
function configOf(
  controller: string,
  { deploymentconfig: name }: Record<string, string>,
): Workload | undefined {
  return name &&
    controller.startsWith(`${name}-`) &&
    /^\d+$/.test(controller.slice(name.length + 1))
    ? { kind: 'DeploymentConfig', name }
    : undefined;
}
