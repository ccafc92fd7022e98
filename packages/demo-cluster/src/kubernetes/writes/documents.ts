import { isMap, Json, valueAt } from '../fields/json';
import { ResourceRequest } from '../request';
import { apiVersionOf } from '../resources';
import { badRequest, invalid, StatusError } from '../status';
import { PatchType } from './bodies';
import { decode, DecodeError } from './decode';
import { jsonPatched } from './jsonPatch';
import { mergePatched, strategicallyPatched } from './mergePatch';
import { Shape, shapeOf } from './shapes';
import { WriteOptions } from './writeOptions';

/** What can't be read: a patch is against the rules then, and an object is none. */
function wrong({ isPatch }: WriteOptions, message: string): StatusError {
  return isPatch
    ? invalid({ group: '', kind: '', name: '' }, [
        {
          field: 'patch',
          reason: 'FieldValueInvalid',
          message: `Invalid value: ${message}`,
        },
      ])
    : badRequest(message);
}

/**
 * Reads what was sent, or what a patch makes. Throws 422 for a patch, 400 for
 * what was sent as a whole, where a field holds what it can't.
 */
export function readDocument(sent: Json, shape: Shape, options: WriteOptions) {
  try {
    return decode(sent, shape);
  } catch (error) {
    throw error instanceof DecodeError ? wrong(options, error.message) : error;
  }
}

/** An object that was sent, checked for what the kind has and for what it is called. */
export function decoded(
  request: ResourceRequest,
  sent: Json,
  options: WriteOptions,
  isApply = false,
): Json {
  const { resource, name, namespace } = request;
  if (!isMap(sent)) {
    throw badRequest('the body of the request is no object');
  }
  const { value: object, unknown } = readDocument(
    sent,
    shapeOf(resource),
    options,
  );
  if (isApply && unknown.length > 0) {
    throw new StatusError(
      500,
      'InternalError',
      `failed to create typed patch object (${
        namespace ?? ''
      }/${name}; ${apiVersionOf(resource)}, Kind=${resource.kind}): ${unknown
        .map(path => `.${path}: field not declared in schema`)
        .join('\n')}`,
    );
  }
  if (options.strict && unknown.length > 0) {
    const said = unknown.map(path => `unknown field "${path}"`).join(', ');
    throw wrong(options, `strict decoding error: ${said}`);
  }
  const said = (path: string[]) => valueAt(object, path);
  if (
    said(['apiVersion']) !== apiVersionOf(resource) ||
    said(['kind']) !== resource.kind
  ) {
    throw badRequest(
      `the object provided is not a ${apiVersionOf(resource)}, Kind=${
        resource.kind
      }`,
    );
  }
  for (const [field, wanted] of Object.entries({ name, namespace })) {
    const value = said(['metadata', field]);
    if (value !== undefined && value !== wanted) {
      throw badRequest(
        `the ${field} of the provided object does not match the ${field} sent on the request`,
      );
    }
  }
  return object;
}

/** A document after a patch that is no server-side apply. */
export function patched(
  type: Exclude<PatchType, 'apply'>,
  document: Json,
  patch: Json,
): Json {
  if (type === 'json') {
    return jsonPatched(document, patch);
  }
  if (!isMap(patch)) {
    throw badRequest('error decoding patch: it is no object');
  }
  return type === 'merge'
    ? mergePatched(document, patch)
    : strategicallyPatched(document, patch);
}
