import { findResource, ResourceDefinition } from './resources';
import { badRequest } from './status';

/** What a path of the API names. */
export interface ResourceRequest {
  resource: ResourceDefinition;
  namespace?: string;
  name?: string;
  subresource?: string;
}

function decoded(path: string): string[] {
  try {
    return path.split('/').filter(Boolean).map(decodeURIComponent);
  } catch {
    throw badRequest(`the path ${path} is not encoded as a URL`);
  }
}

/** Reads `/api/v1/…` and `/apis/<group>/<version>/…`; undefined for what isn't served. */
export function parsePath(path: string): ResourceRequest | undefined {
  const parts = decoded(path);
  const core = parts[0] === 'api';
  const [group, version] = core ? ['', parts[1]] : [parts[1], parts[2]];
  const rest = parts.slice(core ? 2 : 3);

  let namespace: string | undefined;
  // `namespaces/x` is the namespace itself, `namespaces/x/pods` what is in it.
  if (rest[0] === 'namespaces' && rest.length >= 3 && rest[2] !== 'status') {
    namespace = rest[1];
    rest.splice(0, 2);
  }
  const [plural, name, subresource, ...more] = rest;
  const resource = findResource(group, version, plural);
  if (!resource || more.length > 0) {
    return undefined;
  }
  if (namespace !== undefined && !resource.namespaced) {
    return undefined;
  }
  if (name !== undefined && resource.namespaced && namespace === undefined) {
    return undefined;
  }
  return { resource, namespace, name, subresource };
}
