/** Names the workloads of an entity by their label of the same name. @public */
export const KUBERNETES_ID = 'backstage.io/kubernetes-id';

/** Selects the workloads of an entity by their labels. @public */
export const KUBERNETES_LABEL_SELECTOR =
  'backstage.io/kubernetes-label-selector';

/** Only workloads of this namespace are the entity's. @public */
export const KUBERNETES_NAMESPACE = 'backstage.io/kubernetes-namespace';

/** Only workloads of these clusters, comma-separated, are the entity's. @public */
export const KUBERNETES_CLUSTER = 'backstage.io/kubernetes-cluster';

/** How careful advice is, on an entity or a workload: `dev`, `standard` or `critical`. @public */
export const APPETITE_ANNOTATION = 'headroom.io/appetite';

/** Names the charges of an entity by the cloud's own ids, comma-separated, as bills have them. @public */
export const CLOUD_RESOURCE = 'headroom.io/cloud-resource';
