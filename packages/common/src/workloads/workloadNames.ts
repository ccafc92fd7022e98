/**
 * The name all copies of a static pod share. A kubelet shows each to the API
 * server as `<name>-<node>`, the node in lower case, and owned by the node
 * (kubelet, `pkg/kubelet/config/common.go`): `etcd-master-1` on `master-1` is
 * `etcd`, one workload on all nodes that run it.
 *
 * @param pod - as the API server and metrics have it
 * @param node - the node it runs on, or that owns it
 * @public
 */
export function staticPodName(pod: string, node: string): string {
  const suffix = `-${node.toLocaleLowerCase('en-US')}`;
  return pod.length > suffix.length && pod.endsWith(suffix)
    ? pod.slice(0, -suffix.length)
    : pod;
}
