/** Objects while they are built: they are copies, and are changed in place. */
export type Obj = { [key: string]: unknown };

export function isObj(value: unknown): value is Obj {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The map at a key, made where there is none. */
export function mapIn(object: Obj, key: string): Obj {
  const found = object[key];
  if (isObj(found)) {
    return found;
  }
  const made: Obj = {};
  object[key] = made;
  return made;
}

export function metadataOf(object: Obj): Obj {
  return isObj(object.metadata) ? object.metadata : {};
}

/** `apps` and `v1` of `apps/v1`; no group and `v1` of `v1`. */
export function groupVersionOf(object: Obj): [string, string] {
  const parts = textOf(object.apiVersion).split('/');
  return parts.length > 1 ? [parts[0], parts[1]] : ['', parts[0]];
}

/** Groups whose types kustomize knows; of all others it knows no list by its keys. */
export function isBuiltIn(object: Obj): boolean {
  const [group] = groupVersionOf(object);
  return !group.includes('.') || group.endsWith('.k8s.io')
    ? !/^(kueue\.x|gateway\.networking|autoscaling|metrics|snapshot\.storage)\.k8s\.io$|\.x-k8s\.io$/.test(
        group,
      )
    : false;
}

/** Kinds of Kubernetes itself that are in no namespace. */
const CLUSTER_WIDE = new Set([
  'APIService',
  'CSIDriver',
  'CSINode',
  'CertificateSigningRequest',
  'ClusterRole',
  'ClusterRoleBinding',
  'ClusterTrustBundle',
  'ComponentStatus',
  'CustomResourceDefinition',
  'DeviceClass',
  'FlowSchema',
  'IPAddress',
  'IngressClass',
  'MutatingWebhookConfiguration',
  'Namespace',
  'Node',
  'PersistentVolume',
  'PriorityClass',
  'PriorityLevelConfiguration',
  'ResourceSlice',
  'RuntimeClass',
  'SelfSubjectAccessReview',
  'SelfSubjectReview',
  'ServiceCIDR',
  'StorageClass',
  'SubjectAccessReview',
  'TokenReview',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'ValidatingWebhookConfiguration',
  'VolumeAttachment',
  'VolumeAttributesClass',
]);

/** kustomize takes what it doesn't know for something in a namespace, and so do we. */
export function isClusterWide(object: Obj): boolean {
  return CLUSTER_WIDE.has(textOf(object.kind)) && isBuiltIn(object);
}

/**
 * Does something with every map that holds the last key of a path; lists on the way
 * are gone through. With `create` maps are made that are not there.
 */
export function visitPath(
  object: Obj,
  path: readonly string[],
  create: boolean,
  change: (holder: Obj, key: string) => void,
): void {
  const [key, ...rest] = path;
  if (rest.length === 0) {
    if (create || object[key] !== undefined) {
      change(object, key);
    }
    return;
  }
  const next = object[key];
  if (Array.isArray(next)) {
    next.filter(isObj).forEach(item => visitPath(item, rest, create, change));
  } else if (isObj(next) || create) {
    visitPath(mapIn(object, key), rest, create, change);
  }
}
