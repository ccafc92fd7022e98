import { FieldChange, FieldPath, Json } from '@headroom/common';
import { parseAllDocuments } from 'yaml';
import { editYaml, YamlPath } from './editYaml';

/** `[name=web]` */
const SELECTOR = /^\[([\w.-]+)=(.*)\]$/;

/**
 * What fields of one document of a manifest are; null = they aren't there. Numbers
 * are as Kubernetes takes them for quantities: `1` is `"1"`.
 *
 * @throws Error when the text is no YAML, or has no such document.
 * @public
 */
export function readManifestFields(
  text: string,
  document: number,
  paths: readonly FieldPath[],
): Json[] {
  const object = objectOf(text, document);
  return paths.map(path => {
    const found = located(object, path);
    const value = found ? valueAt(object, found) ?? null : null;
    return typeof value === 'number' ? String(value) : value;
  });
}

/**
 * Sets fields of one document of a manifest and leaves every other character as it is.
 *
 * @throws Error when a list has no such element, or the form of the file doesn't
 * allow a safe edit.
 * @public
 */
export function setManifestFields(
  text: string,
  document: number,
  changes: ReadonlyArray<Pick<FieldChange, 'path' | 'after'>>,
): string {
  const object = objectOf(text, document);
  return editYaml(
    text,
    document,
    changes.map(({ path, after }) => {
      const found = located(object, path);
      if (!found) {
        throw new Error(`The manifest has no ${path.join('.')}.`);
      }
      return { path: found, value: after === null ? null : String(after) };
    }),
  );
}

function objectOf(text: string, document: number): Json {
  const documents = parseAllDocuments(text);
  const wanted = Array.isArray(documents) ? documents[document] : undefined;
  if (!wanted || wanted.errors.length > 0) {
    throw new Error('The file is no YAML, or has fewer documents.');
  }
  return wanted.toJS();
}

/** Elements of lists by their index; undefined when a list has no such one. */
function located(object: Json, path: FieldPath): YamlPath | undefined {
  const found: Array<string | number> = [];
  let node: Json | undefined = object;
  for (const segment of path) {
    const [, key, name] = SELECTOR.exec(segment) ?? [];
    if (key !== undefined) {
      const index: number = Array.isArray(node)
        ? node.findIndex((each: Json) => valueAt(each, [key]) === name)
        : -1;
      if (index === -1) {
        return undefined;
      }
      found.push(index);
      node = valueAt(node ?? null, [index]);
    } else {
      found.push(segment);
      node = valueAt(node ?? null, [segment]);
    }
  }
  return found;
}

function valueAt(object: Json, path: YamlPath): Json | undefined {
  let node: Json | undefined = object;
  for (const key of path) {
    if (typeof node !== 'object' || node === null) {
      return undefined;
    }
    node = Object.hasOwn(node, key)
      ? (node as Record<string | number, Json>)[key]
      : undefined;
  }
  return node;
}
