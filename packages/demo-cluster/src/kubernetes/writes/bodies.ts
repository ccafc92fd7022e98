import { parse } from 'yaml';
import { isMap, Json } from '../fields/json';
import { isCustom } from '../fields/hints';
import { ResourceDefinition } from '../resources';
import { badRequest, StatusError } from '../status';

/** Ways to say what is to change. */
export type PatchType = 'json' | 'merge' | 'strategic' | 'apply';

const MEDIA_TYPES: Record<string, PatchType> = {
  'application/json-patch+json': 'json',
  'application/merge-patch+json': 'merge',
  'application/strategic-merge-patch+json': 'strategic',
  'application/apply-patch+yaml': 'apply',
};

/** The kind of a patch. Throws 415 for one that isn't taken. */
export function patchTypeOf(
  contentType: string | undefined,
  resource: ResourceDefinition,
  scale = false,
): PatchType {
  const media = (contentType ?? '').split(';')[0].trim();
  const type = MEDIA_TYPES[media];
  const taken = Object.entries(MEDIA_TYPES).filter(
    ([, each]) =>
      !(each === 'strategic' && isCustom(resource)) &&
      !(each === 'apply' && scale),
  );
  if (!type || !taken.some(([, each]) => each === type)) {
    throw new StatusError(
      415,
      'UnsupportedMediaType',
      `the body of the request was in an unknown format - accepted media types include: ${taken
        .map(([name]) => name)
        .join(', ')}`,
      {},
    );
  }
  return type;
}

/** Throws 415 for an object that is sent as something else than JSON: a page of another site could do that unasked. */
export function checkIsJson(contentType: string | undefined): void {
  const media = (contentType ?? 'application/json').split(';')[0].trim();
  if (media !== 'application/json') {
    throw new StatusError(
      415,
      'UnsupportedMediaType',
      'the body of the request was in an unknown format - accepted media types include: application/json',
      {},
    );
  }
}

/** Names by which JavaScript would reach something else than a field. */
const NOT_A_FIELD = /"(?:__proto__)"\s*:/;

/** Reads JSON. Throws 400. */
export function parseJson(text: string): Json {
  try {
    if (!NOT_A_FIELD.test(text)) {
      return JSON.parse(text);
    }
  } catch {
    // Said below.
  }
  throw badRequest('error decoding patch: the body is not JSON');
}

/** Reads an object as YAML, which JSON is. Throws 400. */
export function parseYaml(text: string): Json {
  let value: Json;
  try {
    // Aliases would make much of little.
    value = parse(text, { maxAliasCount: 0 });
  } catch (error) {
    throw badRequest(`error decoding YAML: ${(error as Error).message}`);
  }
  if (!isMap(value) || NOT_A_FIELD.test(JSON.stringify(value))) {
    throw badRequest('error decoding YAML: the body is no object');
  }
  return value;
}
