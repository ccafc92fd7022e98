import { textAt } from '../json';
import { ManifestObject } from '../ManifestObject';
import { groupOf, runsPods } from '../ManifestSet';

/** Groups of Kubernetes itself, such as `apps` and `policy`, and what is named after it. */
const KUBERNETES = /^[a-z]*$|\.k8s\.io$/;

/** Of these groups, what somebody pays for, or may have to. */
const COSTLY = new Set([
  '/Node',
  'gateway.networking.k8s.io/Gateway',
  'resource.k8s.io/ResourceClaim',
  'snapshot.storage.k8s.io/VolumeSnapshot',
  'snapshot.storage.k8s.io/VolumeSnapshotContent',
]);

/** Groups that hold rules, routes, certificates and secrets alone. */
const FREE_GROUPS =
  /^(cert-manager\.io|acme\.cert-manager\.io|external-secrets\.io|secrets-store\.csi\.x-k8s\.io|(networking|security|telemetry)\.istio\.io|(policy\.)?linkerd\.io|traefik\.(io|containo\.us)|kyverno\.io|(.+\.)?gatekeeper\.sh|kueue\.x-k8s\.io|(crd\.)?projectcalico\.org|cilium\.io|(source|notification|image)\.toolkit\.fluxcd\.io)$/;

const FREE = new Set([
  'argoproj.io/AnalysisTemplate',
  'argoproj.io/AppProject',
  'argoproj.io/ClusterAnalysisTemplate',
  'bitnami.com/SealedSecret',
  'keda.sh/ClusterTriggerAuthentication',
  'keda.sh/ScaledObject',
  'keda.sh/TriggerAuthentication',
  'monitoring.coreos.com/AlertmanagerConfig',
  'monitoring.coreos.com/PodMonitor',
  'monitoring.coreos.com/Probe',
  'monitoring.coreos.com/PrometheusRule',
  'monitoring.coreos.com/ScrapeConfig',
  'monitoring.coreos.com/ServiceMonitor',
]);

/**
 * Whether an object neither runs pods nor is of a kind that is known to cost nothing.
 * What an operator makes of such a one may cost anything.
 */
export function isUnknownKind(on: ManifestObject): boolean {
  const group = groupOf(on);
  const kind = `${group}/${textAt(on.object, 'kind') ?? ''}`;
  const isFree =
    (KUBERNETES.test(group) && !COSTLY.has(kind)) ||
    FREE_GROUPS.test(group) ||
    FREE.has(kind);
  return !isFree && !runsPods(on) && kind !== 'keda.sh/ScaledJob';
}
