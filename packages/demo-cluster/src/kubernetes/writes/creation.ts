import { randomInt } from 'node:crypto';
import {
  InterventionAuthor,
  ObjectKind,
  ObjectManifest,
} from '../../world/interventions/Intervention';
import { fieldsOf } from '../fields/fieldSet';
import { hintsOf } from '../fields/hints';
import { isEqual, isMap, Json, JsonMap, valueAt } from '../fields/json';
import { ownersAfter } from '../ownership/managedFields';
import { ResourceRequest } from '../request';
import { apiVersionOf, findResource, qualifiedPlural } from '../resources';
import { badRequest, methodNotAllowed, notFound, StatusError } from '../status';
import { KubeObject } from '../types';
import { ownable } from './applying';
import { parseJson } from './bodies';
import { isCreatable, worldKindOf } from './changesOf';
import { checkNew } from './checkNew';
import { ObjectWriter } from './ObjectWriter';
import { decoded } from './documents';
import { invalidObject } from './refusals';
import { WriteOptions } from './writeOptions';

/** The Deployment controller puts it back. */
const REVISION = 'deployment.kubernetes.io/revision';

/** What is kept of an object that somebody wrote: not its name, and not what the API server keeps to itself. */
export function manifestOf(object: Json): ObjectManifest {
  const { kind: _kind, status: _status, ...rest } = object as JsonMap;
  const metadata = isMap(rest.metadata) ? rest.metadata : {};
  const { labels, annotations, finalizers, ownerReferences } = metadata;
  const { [REVISION]: _revision, ...written } = isMap(annotations)
    ? annotations
    : {};
  const kept = {
    labels,
    annotations: Object.keys(written).length > 0 ? written : undefined,
    finalizers,
    ownerReferences,
  };
  return {
    ...rest,
    metadata: Object.fromEntries(
      Object.entries(kept).filter(([, value]) => value !== undefined),
    ),
  } as unknown as ObjectManifest;
}

/** What is changed of an object that somebody made, and now writes otherwise; nothing where it stays as it is. */
export function manifestChange(before: KubeObject, after: Json) {
  const manifest = manifestOf(after);
  return isEqual(manifestOf(before), manifest) ? {} : { manifest };
}

/** POST of a collection: an object comes to be. */
export async function createObject(
  writer: ObjectWriter,
  request: ResourceRequest,
  body: string,
  options: WriteOptions,
): Promise<KubeObject> {
  const sent = parseJson(body);
  const given = valueAt(sent, ['metadata', 'name']);
  const prefix = valueAt(sent, ['metadata', 'generateName']);
  const name =
    typeof given === 'string' && given !== ''
      ? given
      : typeof prefix === 'string' && `${prefix}${suffix()}`;
  if (!kindOf(request)) {
    throw methodNotAllowed();
  }
  if (!name) {
    throw invalidObject(request, [
      {
        field: 'metadata.name',
        reason: 'FieldValueRequired',
        message: 'Required value: name or generateName is required',
      },
    ]);
  }
  const named = { ...request, name };
  const object = decoded(named, sent, options);
  if (valueAt(object, ['metadata', 'resourceVersion'])) {
    throw badRequest(
      'resourceVersion should not be set on objects to be created',
    );
  }
  const owns = fieldsOf(ownable(object), hintsOf(request.resource));
  return make(writer, named, object, options, {
    manager: options.manager,
    operation: 'Update',
    apiVersion: apiVersionOf(request.resource),
    owns,
  });
}

/** Five letters, as the API server ends generated names. */
function suffix(): string {
  const letters = 'bcdfghjklmnpqrstvwxz2456789';
  return Array.from(
    { length: 5 },
    () => letters[randomInt(letters.length)],
  ).join('');
}

function kindOf({ resource }: ResourceRequest): ObjectKind | undefined {
  return isCreatable(resource) ? worldKindOf(resource) : undefined;
}

/** Makes an object that is decoded and not there. Throws 404 for a namespace that isn't, 409 for an object that is, 422 for what is wrong with it. */
export async function make(
  writer: ObjectWriter,
  request: ResourceRequest,
  object: Json,
  options: WriteOptions,
  by: InterventionAuthor,
): Promise<KubeObject> {
  const { resource, namespace, name = '' } = request;
  const kind = kindOf(request);
  if (!kind || (resource.namespaced && namespace === undefined)) {
    throw methodNotAllowed();
  }
  const { cluster, now, store } = writer.options;
  store.sync();
  const key = `${apiVersionOf(resource)}/${resource.plural}`;
  if (store.get(key, namespace ?? '', name)) {
    throw new StatusError(
      409,
      'AlreadyExists',
      `${qualifiedPlural(resource)} "${name}" already exists`,
      {
        name,
        ...(resource.group && { group: resource.group }),
        kind: resource.plural,
      },
    );
  }
  checkNamespace(writer, namespace);
  const problems = checkNew(kind, name, object);
  if (problems.length > 0) {
    throw invalidObject(request, problems);
  }
  const at = now().toISOString();
  const time = `${at.slice(0, 19)}Z`;
  const entry = {
    at,
    object: { cluster, kind, ...(namespace && { namespace }), name },
    patch: { manifest: manifestOf(object) },
    by,
  };
  if (options.dryRun) {
    writer.check(request, entry);
    return {
      ...(object as unknown as KubeObject),
      metadata: {
        ...(object as unknown as KubeObject).metadata,
        name,
        ...(namespace && { namespace }),
        uid: '00000000-0000-4000-8000-000000000000',
        creationTimestamp: time,
        managedFields: ownersAfter([], by, time),
      },
    };
  }
  await writer.intervene(request, entry);
  store.sync();
  return store.get(key, namespace ?? '', name)!;
}

function checkNamespace(writer: ObjectWriter, namespace: string | undefined) {
  const namespaces = findResource('', 'v1', 'namespaces')!;
  if (namespace === undefined) {
    return;
  }
  const found = writer.options.store.get('v1/namespaces', '', namespace);
  if (!found) {
    throw notFound(namespaces, qualifiedPlural(namespaces), namespace);
  }
  if (found.metadata.deletionTimestamp !== undefined) {
    throw new StatusError(
      403,
      'Forbidden',
      `unable to create new content in namespace ${namespace} because it is being terminated`,
      { name: namespace, kind: 'namespaces' },
    );
  }
}
