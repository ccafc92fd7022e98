import { ResourceDefinition } from './resources';
import { badRequest } from './status';
import { KubeObject } from './types';

/** Whether an object is selected. */
export type Selector = (object: KubeObject) => boolean;

type Labels = Record<string, string>;

const LABEL_KEY =
  /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const LABEL_VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;

/** Splits at commas that aren't inside parentheses. */
function requirementsOf(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (const letter of text) {
    if (letter === '(') depth++;
    if (letter === ')') depth--;
    if (letter === ',' && depth === 0) {
      parts.push(part);
      part = '';
    } else {
      part += letter;
    }
  }
  parts.push(part);
  return parts.map(item => item.trim());
}

function checkedKey(key: string, whole: string): string {
  if (!LABEL_KEY.test(key)) {
    throw badRequest(
      `unable to parse requirement: <nil>: Invalid value: "${whole}": "${key}" is not a label key`,
    );
  }
  return key;
}

function checkedValue(value: string, whole: string): string {
  if (!LABEL_VALUE.test(value)) {
    throw badRequest(
      `unable to parse requirement: values: Invalid value: "${value}" in "${whole}": a label value has at most 63 letters, digits, '-', '_' or '.'`,
    );
  }
  return value;
}

/** One requirement of a label selector; `!=` and `notin` also select objects without the key. */
function labelRequirement(text: string): (labels: Labels) => boolean {
  const set = /^(\S+)\s+(in|notin)\s*\(([^()]*)\)$/.exec(text);
  if (set) {
    const key = checkedKey(set[1], text);
    const values = new Set(
      set[3].split(',').map(value => checkedValue(value.trim(), text)),
    );
    return set[2] === 'in'
      ? labels => Object.hasOwn(labels, key) && values.has(labels[key])
      : labels => !Object.hasOwn(labels, key) || !values.has(labels[key]);
  }
  const equality = /^([^=!\s]+)\s*(==|=|!=)\s*([^=!\s]*)$/.exec(text);
  if (equality) {
    const key = checkedKey(equality[1], text);
    const value = checkedValue(equality[3], text);
    return equality[2] === '!='
      ? labels => !Object.hasOwn(labels, key) || labels[key] !== value
      : labels => Object.hasOwn(labels, key) && labels[key] === value;
  }
  if (text.startsWith('!')) {
    const key = checkedKey(text.slice(1).trim(), text);
    return labels => !Object.hasOwn(labels, key);
  }
  const key = checkedKey(text, text);
  return labels => Object.hasOwn(labels, key);
}

/** A label selector: equality- and set-based requirements, all of which must hold. */
export function labelSelector(text: string | undefined): Selector {
  if (!text?.trim()) {
    return () => true;
  }
  const requirements = requirementsOf(text).map(labelRequirement);
  return object => {
    const labels = object.metadata.labels ?? {};
    return requirements.every(requirement => requirement(labels));
  };
}

/** The value of a field such as `status.phase`; a field that isn't there is ''. */
function fieldOf(object: KubeObject, path: string): string {
  let value: unknown = object;
  for (const step of path.split('.')) {
    value = (value as Record<string, unknown> | undefined)?.[step];
  }
  if (path === 'spec.unschedulable' && value === undefined) {
    return 'false';
  }
  if (path === 'status.successful') {
    const status = object.status as { succeeded?: number } | undefined;
    return String(status?.succeeded ?? 0);
  }
  return value === undefined ? '' : String(value);
}

/** A field selector: `=`, `==` and `!=` over the fields the kind can be selected by. */
export function fieldSelector(
  text: string | undefined,
  resource: ResourceDefinition,
): Selector {
  if (!text?.trim()) {
    return () => true;
  }
  const known = new Set(['metadata.name', ...(resource.fields ?? [])]);
  if (resource.namespaced) {
    known.add('metadata.namespace');
  }
  const requirements = text.split(',').map(part => {
    const match = /^([^=!]+)(==|=|!=)([^=!]*)$/.exec(part.trim());
    if (!match) {
      throw badRequest(
        `invalid selector: "${text}"; can't understand "${part}"`,
      );
    }
    const [, field, operator, value] = match;
    if (!known.has(field)) {
      throw badRequest(`field label not supported: ${field}`);
    }
    return { field, value, equal: operator !== '!=' };
  });
  return object =>
    requirements.every(
      ({ field, value, equal }) => (fieldOf(object, field) === value) === equal,
    );
}
