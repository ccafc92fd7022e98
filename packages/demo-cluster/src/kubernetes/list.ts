import { z } from 'zod';
import { ListOptions } from './listOptions';
import { ObjectStore } from './ObjectStore';
import { ResourceRequest } from './request';
import { apiVersionOf } from './resources';
import {
  badRequest,
  expired,
  StatusError,
  tooLargeResourceVersion,
} from './status';
import { KubeObject } from './types';

const tokenSchema = z.object({
  /** Version the first page was read at; -1 = whatever is current when it is used. */
  rv: z.number().int(),
  /** Key of the last object that was sent. */
  after: z.string(),
});

function keyOf(object: KubeObject): string {
  return `${object.metadata.namespace ?? ''}/${object.metadata.name}`;
}

function encodeToken(token: z.infer<typeof tokenSchema>): string {
  return Buffer.from(JSON.stringify(token)).toString('base64url');
}

function decodeToken(text: string): z.infer<typeof tokenSchema> {
  try {
    const json = Buffer.from(text, 'base64url').toString();
    return tokenSchema.parse(JSON.parse(json));
  } catch {
    throw badRequest('invalid continue token: continue key is not valid');
  }
}

/** Items of a list have no kind of their own, as the API server sends them. */
function asItem(object: KubeObject): Omit<KubeObject, 'kind' | 'apiVersion'> {
  const { kind: _kind, apiVersion: _apiVersion, ...item } = object;
  return item;
}

/** The version a list is read at. */
function versionOf(store: ObjectStore, options: ListOptions): number {
  const current = store.resourceVersion;
  const asked = options.resourceVersion;
  if (!asked) {
    return current;
  }
  if (asked > current) {
    throw tooLargeResourceVersion(asked, current);
  }
  // With a limit and no match, an API server reads exactly the version that was asked for.
  const exact =
    options.resourceVersionMatch === 'Exact' ||
    (!options.resourceVersionMatch && options.limit !== undefined);
  return exact ? asked : current;
}

function readPage(store: ObjectStore, kind: string, options: ListOptions) {
  if (!options.continueToken) {
    const version = versionOf(store, options);
    return { version, objects: store.listAt(kind, version) };
  }
  if (options.resourceVersion) {
    throw badRequest(
      'specifying resource version is not allowed when using continue',
    );
  }
  const { rv, after } = decodeToken(options.continueToken);
  const version = rv === -1 ? store.resourceVersion : rv;
  try {
    const objects = store.listAt(kind, version);
    return { version, objects: objects.filter(o => keyOf(o) > after) };
  } catch (error) {
    if (error instanceof StatusError && error.status.code === 410) {
      throw expired(
        'The provided continue parameter is too old to display a consistent list result. ' +
          'You must start a new list without the continue parameter, or use the continue token in this response to continue from the next key, which is not consistent with what came before.',
        encodeToken({ rv: -1, after }),
      );
    }
    throw error;
  }
}

/** A list of a kind, or one page of it. */
export function listObjects(
  store: ObjectStore,
  { resource, namespace }: ResourceRequest,
  options: ListOptions,
) {
  const apiVersion = apiVersionOf(resource);
  const kind = `${apiVersion}/${resource.plural}`;
  const { version, objects } = readPage(store, kind, options);
  const selected = objects.filter(
    object =>
      (namespace === undefined || object.metadata.namespace === namespace) &&
      options.selects(object),
  );
  const page = selected.slice(0, options.limit);
  const rest = selected.length - page.length;
  return {
    kind: `${resource.kind}List`,
    apiVersion,
    metadata: {
      resourceVersion: String(version),
      ...(rest > 0 && {
        continue: encodeToken({
          rv: version,
          after: keyOf(page[page.length - 1]),
        }),
        // An API server doesn't look for what else a selector would find.
        ...(!options.selective && { remainingItemCount: rest }),
      }),
    },
    items: page.map(asItem),
  };
}

/** A list of a kind that is computed when asked; it has no version. */
export function listComputed(
  objects: KubeObject[],
  { resource, namespace }: ResourceRequest,
  options: ListOptions,
) {
  return {
    kind: `${resource.kind}List`,
    apiVersion: apiVersionOf(resource),
    metadata: {},
    items: objects
      .filter(
        object =>
          (namespace === undefined ||
            object.metadata.namespace === namespace) &&
          options.selects(object),
      )
      .map(asItem),
  };
}
