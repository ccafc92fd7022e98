import { InputError } from '@backstage/errors';

/** A kind of object and where the API server serves it. @public */
export interface KubernetesResource {
  /** Empty = the core group. */
  group: string;
  /** e.g. `v1` */
  version: string;
  /** e.g. `Deployment` */
  kind: string;
  /** Its name in paths, e.g. `deployments`. */
  resource: string;
}

/** One object. @public */
export interface KubernetesReference extends KubernetesResource {
  /** Absent when the kind has none. */
  namespace?: string;
  name: string;
}

/** Which object it must be for something to be done to it. @public */
export interface KubernetesPrecondition {
  /** Of the object: one of the same name that was made later is another. */
  uid: string;
  /** When it must also be as it was read. */
  resourceVersion?: string;
}

/** The path of a list, of all namespaces unless one is given. @internal */
export function listPath(
  { group, version, resource }: KubernetesResource,
  namespace?: string,
): string {
  const segments = [
    ...(group ? ['apis', group] : ['api']),
    version,
    ...(namespace === undefined ? [] : ['namespaces', namespace]),
    resource,
  ];
  return segments.map(segment => `/${encode(segment)}`).join('');
}

/** The path of an object, or of a subresource such as `scale`. @internal */
export function objectPath(
  reference: KubernetesReference,
  subresource?: string,
): string {
  const rest = [reference.name, ...(subresource ? [subresource] : [])];
  return [listPath(reference, reference.namespace), ...rest.map(encode)].join(
    '/',
  );
}

/** How errors call an object. @internal */
export function nameOf({
  resource,
  namespace,
  name,
}: KubernetesReference): string {
  return `${resource} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

/** `apps/v1`, or `v1` of the core group. @internal */
export function apiVersionOf({ group, version }: KubernetesResource): string {
  return group ? `${group}/${version}` : version;
}

/** What Kubernetes takes for a segment of a path: nothing that leads elsewhere. */
function encode(segment: string): string {
  if (!segment || segment === '.' || segment === '..' || /[/%]/.test(segment)) {
    throw new InputError(
      `'${segment}' is no name of a Kubernetes object, kind or namespace; a name has letters, digits, dots and hyphens`,
    );
  }
  return encodeURIComponent(segment);
}
