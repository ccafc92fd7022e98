import { isMap, Json, valueAt, withValueAt } from '../fields/json';
import { ResourceRequest } from '../request';
import { apiVersionOf } from '../resources';
import { badRequest, invalid, unknownResource } from '../status';
import { KubeObject } from '../types';
import { parseJson, patchTypeOf } from './bodies';
import { ObjectWriter } from './ObjectWriter';
import { patched, readDocument } from './documents';
import { checkUid, checkVersion } from './preconditions';
import { SCALE_SHAPE } from './shapes';
import { WriteOptions } from './writeOptions';

const REPLICAS = ['spec', 'replicas'];

/** Kinds with a `scale`. */
const SCALED = ['deployments', 'statefulsets', 'replicasets'];

/** A selector as `Scale` has it. */
function selectorText(labels: Json): string {
  return Object.entries(isMap(labels) ? labels : {})
    .map(([name, value]) => `${name}=${value}`)
    .join(',');
}

/** The `scale` of an object. Throws 404 where the kind has none. */
export function scaleOf(
  { resource }: ResourceRequest,
  object: KubeObject,
): KubeObject {
  if (resource.group !== 'apps' || !SCALED.includes(resource.plural)) {
    throw unknownResource();
  }
  const { name, namespace, uid, resourceVersion, creationTimestamp } =
    object.metadata;
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: { replicas: valueAt(object, REPLICAS) ?? 0 },
    status: {
      replicas: valueAt(object, ['status', 'replicas']) ?? 0,
      selector: selectorText(
        valueAt(object, ['spec', 'selector', 'matchLabels']),
      ),
    },
  };
}

/** PATCH or PUT of the `scale` of an object. */
export async function writeScale(
  writer: ObjectWriter,
  request: ResourceRequest,
  body: string,
  contentType: string | undefined,
  options: WriteOptions,
  method: 'PATCH' | 'PUT',
): Promise<KubeObject> {
  const { resource, name = '' } = request;
  const { kind, live } = writer.live(request);
  const before = scaleOf(request, live);
  const type =
    method === 'PATCH' ? patchTypeOf(contentType, resource, true) : undefined;
  const sent = parseJson(body);
  const document =
    type && type !== 'apply' ? patched(type, before, sent) : sent;
  const { value: scale } = readDocument(document, SCALE_SHAPE, options);
  if (
    valueAt(scale, ['kind']) !== 'Scale' ||
    valueAt(scale, ['metadata', 'name']) !== name
  ) {
    throw badRequest(`the object provided is not the Scale of ${name}`);
  }
  checkUid(request, live, valueAt(scale, ['metadata', 'uid']));
  checkVersion(request, live, scale);
  const replicas = Number(valueAt(scale, REPLICAS) ?? 0);
  if (replicas < 0) {
    throw invalid({ group: 'autoscaling', kind: 'Scale', name }, [
      {
        field: 'spec.replicas',
        reason: 'FieldValueInvalid',
        message: `Invalid value: ${replicas}: must be greater than or equal to 0`,
      },
    ]);
  }
  if (replicas === valueAt(live, REPLICAS)) {
    return before;
  }
  const owned = { 'f:spec': { 'f:replicas': {} } };
  const object = withValueAt(live, REPLICAS, replicas) as unknown as KubeObject;
  const after = await writer.commit(
    { kind, live, request, options },
    object,
    { replicas },
    {
      manager: options.manager,
      operation: 'Update',
      apiVersion: apiVersionOf(resource),
      subresource: 'scale',
      owns: owned,
      takes: owned,
    },
  );
  return scaleOf(request, after);
}
