import { PrometheusSeries } from '@headroom/plugin-clusters-node';
import {
  deploymentConfigOf,
  staticPodName,
} from '@headroom/plugin-cost-common';
import { PART_LABEL } from '../promql/expressions';
import { keyOf, namespaceOf, objectOf } from '../reading/labels';
import { isOwner, PodRecord } from './pods';

/** A workload at its top. */
export interface Workload {
  kind: string;
  name: string;
}

/** Finds the workload at the top of a pod. */
export class Owners {
  readonly #owners = new Map<string, Workload>();

  /** Reads the answer to `ownersQuery`. */
  static read(answer: PrometheusSeries[]): Owners {
    const owners = new Owners();
    for (const { labels } of answer) {
      const part = labels[PART_LABEL];
      const namespace = namespaceOf(labels);
      const name = objectOf(labels, part === 'job' ? 'job_name' : part);
      if (
        namespace &&
        name &&
        isOwner(labels.owner_kind) &&
        labels.owner_is_controller !== 'false'
      ) {
        owners.#owners.set(keyOf(part, namespace, name), {
          kind: labels.owner_kind,
          name: labels.owner_name,
        });
      }
    }
    return owners;
  }

  /**
   * Deployment over ReplicaSet, DeploymentConfig over ReplicationController,
   * CronJob over Job, any other controller by its kind; a pod without one is its
   * own workload of kind `Pod`, and a static pod one with its copies on all nodes.
   */
  workloadOf(pod: PodRecord, podLabels: Record<string, string>): Workload {
    const controller = this.#controllerOf(pod);
    if (!controller) {
      return { kind: 'Pod', name: pod.pod };
    }
    if (controller.kind === 'Node') {
      return { kind: 'Pod', name: staticPodName(pod.pod, controller.name) };
    }
    if (controller.kind === 'ReplicaSet') {
      return (
        this.#owners.get(keyOf('replicaset', pod.namespace, controller.name)) ??
        deploymentByHash(controller.name, podLabels) ??
        controller
      );
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

  /** The Job a pod belongs to: one run of it, or of its CronJob. */
  runOf(pod: PodRecord): string | undefined {
    const controller = this.#controllerOf(pod);
    return controller?.kind === 'Job' ? controller.name : undefined;
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

/** By the label OpenShift gives pods of a DeploymentConfig, else by the controller's name. */
function configOf(
  controller: string,
  podLabels: Record<string, string>,
): Workload | undefined {
  const name = podLabels.deploymentconfig ?? deploymentConfigOf(controller);
  return name ? { kind: 'DeploymentConfig', name } : undefined;
}
