import { Document, parseAllDocuments } from 'yaml';
import { keepUnbounded } from '../plainScalars';
import { applyJsonPatch } from './jsonPatch';
import { KustomizationPatch, PatchTarget } from './Kustomization';
import { KustomizeError } from './KustomizeError';
import { groupVersionOf, isObj, metadataOf, Obj, textOf } from './objects';
import { strategicMerge } from './strategicMerge';

/** Applies one entry of `patches`; objects that a patch deletes are left out. */
export function applyPatch(
  objects: readonly Obj[],
  { path, patch, target }: KustomizationPatch,
  read: (path: string) => string,
): Obj[] {
  if ((path === undefined) === (patch === undefined)) {
    throw new KustomizeError(
      'An entry of patches must have either path or patch.',
    );
  }
  const where = path ?? 'an entry of patches';
  const text = patch ?? read(path ?? '');
  let result = [...objects];
  for (const document of parseAllDocuments(text)) {
    if ('errors' in document && document.errors.length > 0) {
      throw new KustomizeError(
        `${where} is no YAML: ${document.errors[0].message.split('\n')[0]}`,
      );
    }
    keepUnbounded(document as Document);
    const value: unknown = document.toJS();
    if (Array.isArray(value)) {
      const matched = target ? result.filter(matcherOf(target)) : [];
      if (matched.length === 0) {
        throw new KustomizeError(
          `${where} has operations for nothing: ${
            target
              ? 'its target matches no object'
              : 'they need a target with the kind and the name'
          }.`,
        );
      }
      matched.forEach(object => applyJsonPatch(object, value));
    } else if (isObj(value)) {
      result = merged(result, value, target, where);
    } else if (value !== null) {
      throw new KustomizeError(`${where} is neither a map nor a list.`);
    }
  }
  return result;
}

function merged(
  objects: readonly Obj[],
  patch: Obj,
  target: PatchTarget | undefined,
  where: string,
): Obj[] {
  const matches = target ? matcherOf(target) : sameAs(patch);
  if (!objects.some(matches)) {
    throw new KustomizeError(
      `${where} is for ${
        target
          ? 'a target that matches no object'
          : `${textOf(patch.kind)} ${textOf(
              metadataOf(patch).name,
            )}, which is not there`
      }.`,
    );
  }
  return objects.flatMap(object => {
    if (!matches(object)) {
      return [object];
    }
    const result = strategicMerge(object, patch);
    if (!result) {
      return [];
    }
    // A target decides which objects change; their identity stays.
    Object.assign(object, result);
    for (const key of Object.keys(object)) {
      if (!(key in result)) {
        delete object[key];
      }
    }
    return [object];
  });
}

function sameAs(patch: Obj): (object: Obj) => boolean {
  const { name, namespace } = metadataOf(patch);
  return object =>
    object.apiVersion === patch.apiVersion &&
    object.kind === patch.kind &&
    metadataOf(object).name === name &&
    (namespace === undefined ||
      (metadataOf(object).namespace ?? 'default') === namespace);
}

/** Texts of a target are regular expressions for the whole value. */
function matcherOf(target: PatchTarget): (object: Obj) => boolean {
  const fits = (pattern: string | undefined, value: unknown) =>
    pattern === undefined ||
    pattern === '' ||
    new RegExp(`^(?:${pattern})$`).test(textOf(value));
  return object => {
    const [group, version] = groupVersionOf(object);
    const { name, namespace, labels, annotations } = metadataOf(object);
    return (
      (target.group === undefined || target.group === group) &&
      (target.version === undefined || target.version === version) &&
      fits(target.kind, object.kind) &&
      fits(target.name, name) &&
      fits(target.namespace, namespace ?? 'default') &&
      selects(target.labelSelector, labels) &&
      selects(target.annotationSelector, annotations)
    );
  };
}

function selects(selector: string | undefined, labels: unknown): boolean {
  return (selector ?? '')
    .split(',')
    .map(each => each.trim())
    .filter(each => each !== '')
    .every(requirement => {
      const found = /^([\w./-]+)\s*(==?|!=)\s*([\w.-]*)$/.exec(requirement);
      if (!found) {
        throw new KustomizeError(
          `A patch has the selector "${requirement}"; only key=value and key!=value are built here.`,
        );
      }
      const [, key, operator, value] = found;
      const has = isObj(labels) && labels[key] === value;
      return operator === '!=' ? !has : has;
    });
}
