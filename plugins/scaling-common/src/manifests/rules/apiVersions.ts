/** A version of an API that ends. */
export interface EndedVersion {
  apiVersion: string;
  kinds: readonly string[];
  /** Minor versions of Kubernetes 1, or of another product. */
  deprecatedIn: number;
  removedIn: number;
  /** Absent = nothing took its place. */
  use?: string;
  /** Whose version it is; absent = of Kubernetes. */
  product?: string;
}

const ended = (
  apiVersion: string,
  kinds: string,
  deprecatedIn: number,
  removedIn: number,
  use?: string,
  product?: string,
): EndedVersion => ({
  apiVersion,
  kinds: kinds.split(' '),
  deprecatedIn,
  removedIn,
  use,
  product,
});

const RBAC =
  'ClusterRole ClusterRoleBinding Role RoleBinding ClusterRoleList ClusterRoleBindingList RoleList RoleBindingList';
const FLOW = 'FlowSchema PriorityLevelConfiguration';
const CERTS = 'Certificate Issuer ClusterIssuer CertificateRequest';

/**
 * Versions that API servers serve no more, or not for long. HPA and PDB are of
 * M6 and M24.
 *
 * Source: the deprecation guide of Kubernetes, and the changelogs of the products.
 */
export const ENDED_VERSIONS: readonly EndedVersion[] = [
  ended(
    'extensions/v1beta1',
    'Deployment DaemonSet ReplicaSet',
    9,
    16,
    'apps/v1',
  ),
  ended('extensions/v1beta1', 'NetworkPolicy', 9, 16, 'networking.k8s.io/v1'),
  ended('extensions/v1beta1', 'Ingress', 14, 22, 'networking.k8s.io/v1'),
  ended('extensions/v1beta1', 'PodSecurityPolicy', 10, 16),
  ended('apps/v1beta1', 'Deployment StatefulSet ReplicaSet', 9, 16, 'apps/v1'),
  ended(
    'apps/v1beta2',
    'Deployment StatefulSet DaemonSet ReplicaSet',
    9,
    16,
    'apps/v1',
  ),
  ended(
    'networking.k8s.io/v1beta1',
    'Ingress IngressClass',
    19,
    22,
    'networking.k8s.io/v1',
  ),
  ended('policy/v1beta1', 'PodSecurityPolicy', 21, 25),
  ended(
    'scheduling.k8s.io/v1alpha1',
    'PriorityClass',
    14,
    17,
    'scheduling.k8s.io/v1',
  ),
  ended(
    'scheduling.k8s.io/v1beta1',
    'PriorityClass',
    14,
    22,
    'scheduling.k8s.io/v1',
  ),
  ended(
    'apiextensions.k8s.io/v1beta1',
    'CustomResourceDefinition',
    16,
    22,
    'apiextensions.k8s.io/v1',
  ),
  ended(
    'admissionregistration.k8s.io/v1beta1',
    'MutatingWebhookConfiguration ValidatingWebhookConfiguration',
    16,
    22,
    'admissionregistration.k8s.io/v1',
  ),
  ended(
    'rbac.authorization.k8s.io/v1alpha1',
    RBAC,
    17,
    22,
    'rbac.authorization.k8s.io/v1',
  ),
  ended(
    'rbac.authorization.k8s.io/v1beta1',
    RBAC,
    17,
    22,
    'rbac.authorization.k8s.io/v1',
  ),
  ended('node.k8s.io/v1beta1', 'RuntimeClass', 22, 25, 'node.k8s.io/v1'),
  ended('batch/v1beta1', 'CronJob CronJobList', 21, 25, 'batch/v1'),
  ended('batch/v2alpha1', 'CronJob', 8, 21, 'batch/v1'),
  ended(
    'storage.k8s.io/v1beta1',
    'CSINode CSIDriver StorageClass VolumeAttachment',
    19,
    22,
    'storage.k8s.io/v1',
  ),
  ended(
    'storage.k8s.io/v1beta1',
    'CSIStorageCapacity',
    24,
    27,
    'storage.k8s.io/v1',
  ),
  ended(
    'apiregistration.k8s.io/v1beta1',
    'APIService',
    10,
    22,
    'apiregistration.k8s.io/v1',
  ),
  ended(
    'authentication.k8s.io/v1beta1',
    'TokenReview',
    6,
    22,
    'authentication.k8s.io/v1',
  ),
  ended(
    'certificates.k8s.io/v1beta1',
    'CertificateSigningRequest',
    19,
    22,
    'certificates.k8s.io/v1',
  ),
  ended(
    'coordination.k8s.io/v1beta1',
    'Lease',
    14,
    22,
    'coordination.k8s.io/v1',
  ),
  ended('events.k8s.io/v1beta1', 'Event', 19, 25, 'events.k8s.io/v1'),
  ended(
    'discovery.k8s.io/v1beta1',
    'EndpointSlice',
    21,
    25,
    'discovery.k8s.io/v1',
  ),
  ended(
    'flowcontrol.apiserver.k8s.io/v1beta1',
    FLOW,
    23,
    26,
    'flowcontrol.apiserver.k8s.io/v1',
  ),
  ended(
    'flowcontrol.apiserver.k8s.io/v1beta2',
    FLOW,
    26,
    29,
    'flowcontrol.apiserver.k8s.io/v1',
  ),
  ended(
    'flowcontrol.apiserver.k8s.io/v1beta3',
    FLOW,
    29,
    32,
    'flowcontrol.apiserver.k8s.io/v1',
  ),
  ended(
    'resource.k8s.io/v1alpha3',
    'ResourceClaim ResourceClaimTemplate DeviceClass',
    32,
    33,
    'resource.k8s.io/v1',
  ),
  ended(
    'certmanager.k8s.io/v1alpha1',
    `${CERTS} Order Challenge`,
    11,
    11,
    'cert-manager.io/v1',
    'cert-manager 0',
  ),
  ...['v1alpha2', 'v1alpha3', 'v1beta1'].flatMap(version => [
    ended(
      `cert-manager.io/${version}`,
      CERTS,
      4,
      6,
      'cert-manager.io/v1',
      'cert-manager 1',
    ),
    ended(
      `acme.cert-manager.io/${version}`,
      'Order Challenge',
      4,
      6,
      'acme.cert-manager.io/v1',
      'cert-manager 1',
    ),
  ]),
  ended(
    'kueue.x-k8s.io/v1beta1',
    'ClusterQueue LocalQueue ResourceFlavor Cohort Workload AdmissionCheck WorkloadPriorityClass',
    16,
    18,
    'kueue.x-k8s.io/v1beta2',
    'Kueue 0',
  ),
  ended(
    'autoscaling.k8s.io/v1beta1',
    'VerticalPodAutoscaler',
    4,
    7,
    'autoscaling.k8s.io/v1',
    'VPA 0',
  ),
  ended(
    'autoscaling.k8s.io/v1beta2',
    'VerticalPodAutoscaler',
    4,
    7,
    'autoscaling.k8s.io/v1',
    'VPA 0',
  ),
  ended(
    'authentication.istio.io/v1alpha1',
    'Policy MeshPolicy',
    5,
    6,
    'security.istio.io/v1',
    'Istio 1',
  ),
  ended(
    'rbac.istio.io/v1alpha1',
    'ClusterRbacConfig RbacConfig ServiceRole ServiceRoleBinding AuthorizationPolicy',
    4,
    6,
    'security.istio.io/v1',
    'Istio 1',
  ),
];
