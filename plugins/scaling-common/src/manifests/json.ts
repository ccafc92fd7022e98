import { Json } from '@headroom/common';
import { ManifestPath } from './ManifestObject';

type JsonMap = { readonly [key: string]: Json };

/** What is at a path; undefined where there is nothing, whatever is on the way. */
export function at(value: unknown, ...path: ManifestPath): Json | undefined {
  let node = value;
  for (const key of path) {
    if (
      typeof node !== 'object' ||
      node === null ||
      !Object.hasOwn(node, key) ||
      (Array.isArray(node) && typeof key !== 'number')
    ) {
      return undefined;
    }
    node = (node as Record<string | number, unknown>)[key];
  }
  return (node ?? undefined) as Json | undefined;
}

export function isMap(value: unknown): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A map, or one without keys. */
export function mapAt(value: unknown, ...path: ManifestPath): JsonMap {
  const found = at(value, ...path);
  return isMap(found) ? found : {};
}

/** A list, or an empty one. */
export function listAt(value: unknown, ...path: ManifestPath): readonly Json[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

export function textAt(
  value: unknown,
  ...path: ManifestPath
): string | undefined {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : undefined;
}

export function numberAt(
  value: unknown,
  ...path: ManifestPath
): number | undefined {
  const found = at(value, ...path);
  return typeof found === 'number' && Number.isFinite(found)
    ? found
    : undefined;
}

/** A text as it is, anything else as JSON; what claims to be a text is never asked. */
export function printed(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value) ?? '';
}

/** The number that a number or a text says; NaN for anything else. */
export function numeric(value: Json | undefined): number {
  return typeof value === 'number' || typeof value === 'string'
    ? Number(value)
    : NaN;
}

/** As people read it in a sentence, at most so long. */
export function shown(value: Json | undefined): string {
  const said = value === undefined ? 'absent' : value;
  const text = typeof said === 'string' ? said : JSON.stringify(said);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** As people write it: `spec.template.spec.containers[0].image`, `metadata.labels["a/b"]`. @public */
export function formatManifestPath(path: ManifestPath): string {
  return path
    .map((key, index) => {
      if (typeof key === 'number') {
        return `[${key}]`;
      }
      if (/^[A-Za-z_$][\w$-]*$/.test(key)) {
        return index === 0 ? key : `.${key}`;
      }
      return `[${JSON.stringify(key)}]`;
    })
    .join('');
}
