/** Kinds whose pods belong to a ReplicaSet, one for each template that the pods had. */
const KINDS = new Set(['Deployment', 'Rollout']);

/** `<hash of the template>-<suffix of the pod>`, after the name of the workload. */
const GENERATED = /^-[a-z0-9]{1,10}-[a-z0-9]{5}$/;

/**
 * The name of the ReplicaSet that a pod belongs to, told by the pod's own name: that is
 * `<workload>-<hash>-<suffix>`
 * (https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#pod-template-hash-label),
 * of which Kubernetes keeps 63 characters.
 *
 * @returns undefined where the name doesn't tell: of other kinds, and of names so long
 *   that the hash was cut.
 */
export function replicaSetOf(pod: {
  workloadKind: string;
  workload: string;
  pod: string;
}): string | undefined {
  const { workloadKind, workload, pod: name } = pod;
  return KINDS.has(workloadKind) &&
    name.startsWith(workload) &&
    GENERATED.test(name.slice(workload.length))
    ? name.slice(0, name.lastIndexOf('-'))
    : undefined;
}
