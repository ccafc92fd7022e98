import { formatFieldPath } from '@headroom/common';
import { CachedObject, CachedValue } from '@headroom/plugin-clusters-node';
import {
  FieldOwner,
  readRestoreRecord,
  RESTORE_ANNOTATION,
  ScalingObject,
  WRITTEN_PATHS,
} from '@headroom/plugin-scaling-common';
import { toFieldOwner } from './toFieldOwner';

const PATHS = WRITTEN_PATHS.map(path => ({
  path,
  key: formatFieldPath(path),
}));

/** What was made of an object, as long as its cache has it: caches replace what changes. */
const MADE = new WeakMap<CachedObject<CachedValue>, ScalingObject>();

/**
 * An object of a cache as plans name it.
 *
 * @param resource - its name in paths, e.g. `deployments`
 * @internal
 */
export function toScalingObject(
  cluster: string,
  object: CachedObject<CachedValue>,
  resource: string,
): ScalingObject {
  const known = MADE.get(object);
  if (known?.cluster === cluster) {
    return known;
  }
  const made = make(cluster, object, resource);
  MADE.set(object, made);
  return made;
}

function make(
  cluster: string,
  { uid, resourceVersion, namespace, name, value }: CachedObject<CachedValue>,
  resource: string,
): ScalingObject {
  const [version, group = ''] = value.apiVersion.split('/').reverse();
  const restore = readRestoreRecord(value.annotations[RESTORE_ANNOTATION]);
  return {
    type: 'kubernetes',
    cluster,
    group,
    version,
    kind: value.kind,
    resource,
    namespace,
    name,
    uid,
    resourceVersion,
    annotations: value.annotations,
    fieldOwners: fieldOwnersOf(value),
    ...(restore && { restore }),
  };
}

/**
 * Owners of what a schedule would write. A person, a pipeline's `kubectl apply` among
 * them, is no GitOps tool: what they change is seen when they do.
 */
function fieldOwnersOf(value: CachedValue): FieldOwner[] {
  return PATHS.flatMap(({ path, key }) =>
    (value.owners[key] ?? []).map(owner => toFieldOwner(path, owner, value)),
  );
}
