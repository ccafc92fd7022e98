import {
  Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Node,
  Pair,
  parseAllDocuments,
  Scalar,
  stringify,
  YAMLMap,
} from 'yaml';
import { Json } from '@headroom/common';

/** Keys of maps, and indices of lists, from the top of a document. */
export type YamlPath = ReadonlyArray<string | number>;

/** A value to set in a document; null takes it away. */
export interface YamlEdit {
  path: YamlPath;
  value: Json;
  /**
   * Texts stay texts for every reader of YAML, numbers numbers. Else a text takes the
   * place of a plain scalar as it is, as `1` and `"1"` are the same quantity.
   */
  isTyped?: boolean;
}

/** Why a file is not edited. */
export class YamlEditError extends Error {}

/**
 * Sets values in one document of a YAML file and leaves every other character as it
 * is: comments, quotes, order and the other documents. Afterwards the file is read
 * again, and must say exactly what was wanted.
 *
 * @throws YamlEditError where anchors, merge keys or the form don't allow it.
 */
export function editYaml(
  text: string,
  document: number,
  edits: readonly YamlEdit[],
): string {
  const edited = edits.reduce(
    (so, edit) => applyEdit(so, document, edit),
    text,
  );
  assertOnly(text, edited, document, edits);
  return edited;
}

function applyEdit(
  text: string,
  index: number,
  { path, value, isTyped = false }: YamlEdit,
): string {
  const document = parsed(text)[index];
  const { node, depth, parents } = walk(document, path);
  if (depth === path.length) {
    return value === null
      ? removed(text, parents)
      : replaced(text, node, value, isTyped);
  }
  return value === null
    ? text
    : inserted(text, node, path.slice(depth), value, isTyped);
}

function parsed(text: string): Document[] {
  const documents = parseAllDocuments(text);
  if (!Array.isArray(documents)) {
    throw new YamlEditError('The file is empty.');
  }
  return documents as Document[];
}

interface Step {
  map: YAMLMap;
  pair: Pair;
}

/** As far as the path goes: the last node there is, and the pairs that lead to it. */
function walk(document: Document, path: YamlPath) {
  let node = document.contents as Node | null;
  const parents: Step[] = [];
  let depth = 0;
  for (; depth < path.length; depth += 1) {
    const key = path[depth];
    if (isAlias(node)) {
      throw new YamlEditError('The value comes from an anchor.');
    }
    if (isSeq(node) && typeof key === 'number') {
      node = node.items[key] as Node;
    } else if (isMap(node)) {
      if (
        node.items.some(pair => isScalar(pair.key) && pair.key.value === '<<')
      ) {
        throw new YamlEditError('The values are merged from an anchor.');
      }
      const pair: Pair | undefined = node.items.find(
        each => isScalar(each.key) && each.key.value === key,
      );
      if (!pair) {
        break;
      }
      parents.push({ map: node, pair });
      node = pair.value as Node | null;
    } else {
      break;
    }
  }
  if (isAlias(node)) {
    throw new YamlEditError('The value comes from an anchor.');
  }
  return { node, depth, parents };
}

function replaced(
  text: string,
  node: Node | null,
  value: Json,
  isTyped: boolean,
): string {
  if (!isScalar(node) || !node.range || typeof value === 'object') {
    throw new YamlEditError('A list or a map is where a value should be.');
  }
  if (node.anchor) {
    throw new YamlEditError('The value has an anchor, and others take it.');
  }
  const [from, to] = node.range;
  if (from === to) {
    const added = valueText(value, isTyped);
    return `${text.slice(0, from)} ${added}${text.slice(to)}`;
  }
  const written = valueText(value, isTyped, node.type);
  return `${text.slice(0, from)}${written}${text.slice(to)}`;
}

/** `500m` as it is, `2` in quotes as it must stay a text where others are. */
function valueText(
  value: Json,
  isTyped: boolean,
  type?: Scalar.Type | null,
): string {
  if (typeof value !== 'string') {
    return typeof value === 'object' ? flowText(value) : String(value);
  }
  if (type === 'QUOTE_DOUBLE') {
    return JSON.stringify(value);
  }
  if (type === 'QUOTE_SINGLE' && !value.includes("'")) {
    return `'${value}'`;
  }
  if (isTyped) {
    return stringify(value, { version: '1.1' }).trim();
  }
  return type === 'PLAIN' ? value : stringify(value).trim();
}

function flowText(value: Json): string {
  return stringify(value, {
    version: '1.1',
    collectionStyle: 'flow',
    lineWidth: 0,
  }).trim();
}

/** Takes the last pair away, and those that hold nothing else. */
function removed(text: string, parents: Step[]): string {
  let last = parents.length - 1;
  while (last > 0 && parents[last].map.items.length === 1) {
    last -= 1;
  }
  const { map, pair } = parents[last];
  const key = pair.key as Scalar;
  const value = pair.value as Node | null;
  if (!key.range) {
    throw new YamlEditError('The place of a value in the file is not known.');
  }
  if (map.flow) {
    const rest = map.items.filter(each => each !== pair);
    return withFlow(text, map, rest);
  }
  const start = text.lastIndexOf('\n', key.range[0]) + 1;
  if (text.slice(start, key.range[0]).trim() !== '') {
    throw new YamlEditError('The value stands on the line of a list item.');
  }
  const end = endOfLine(text, value?.range ? value.range[1] : key.range[1]);
  return text.slice(0, start) + text.slice(end);
}

function inserted(
  text: string,
  node: Node | null,
  keys: YamlPath,
  value: Json,
  isTyped: boolean,
): string {
  if (keys.some(key => typeof key === 'number')) {
    throw new YamlEditError('A list has no such element.');
  }
  const names = keys.map(String);
  const flowed = () => flowOf(names, valueText(value, isTyped));
  if (isScalar(node) && node.value === null && node.range) {
    const flow = ` ${flowed()}`;
    return text.slice(0, node.range[0]) + flow + text.slice(node.range[1]);
  }
  if (!isMap(node) || !node.range) {
    throw new YamlEditError('A value or a list is where a map should be.');
  }
  if (node.anchor) {
    throw new YamlEditError('The map has an anchor, and others take it.');
  }
  if (node.flow) {
    const [from, to] = node.range;
    const inside = text.slice(from + 1, to - 1).trim();
    const added = flowed().slice(2, -2);
    const flow = inside === '' ? `{ ${added} }` : `{ ${inside}, ${added} }`;
    return text.slice(0, from) + flow + text.slice(to);
  }
  const first = (node.items[0].key as Scalar).range![0];
  const indent = ' '.repeat(first - (text.lastIndexOf('\n', first - 1) + 1));
  const last = node.items[node.items.length - 1];
  const lastNode = (last.value ?? last.key) as Node;
  const at = endOfContent(text, lastNode.range![1]);
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = names
    .map((name, level) => {
      const inner = `${indent}${'  '.repeat(level)}`;
      const end =
        level === names.length - 1 ? endOf(value, isTyped, `${inner}  `) : '';
      return `${inner}${keyText(name)}:${end}\n`;
    })
    .join('')
    .replaceAll('\n', eol);
  const before = text.slice(0, at);
  const gap = before.endsWith('\n') ? '' : eol;
  return before + gap + lines + text.slice(at);
}

/** After the line on which something ends; a range may reach into the next one. */
function endOfContent(text: string, end: number): number {
  const trimmed = text.slice(0, end).trimEnd().length;
  return endOfLine(text, trimmed);
}

function endOfLine(text: string, at: number): number {
  if (text[at - 1] === '\n') {
    return at;
  }
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end + 1;
}

/** What stands behind the colon of a key, a map or a list on lines of their own. */
function endOf(value: Json, isTyped: boolean, indent: string): string {
  if (typeof value !== 'object') {
    return ` ${valueText(value, isTyped)}`;
  }
  if (value === null || Object.keys(value).length === 0) {
    return ` ${flowText(value)}`;
  }
  const block = stringify(value, { version: '1.1', lineWidth: 0 }).trimEnd();
  return `\n${indent}${block.replaceAll('\n', `\n${indent}`)}`;
}

function keyText(name: string): string {
  return stringify(name, { version: '1.1' }).trim();
}

function flowOf(names: readonly string[], written: string): string {
  return names.reduceRight(
    (inner, name) => `{ ${keyText(name)}: ${inner} }`,
    written,
  );
}

function withFlow(text: string, map: YAMLMap, items: Pair[]): string {
  const [from, to] = map.range!;
  const parts = items.map(pair => {
    const key = pair.key as Scalar;
    const value = pair.value as Node | null;
    return text.slice(
      key.range![0],
      value?.range ? value.range[1] : key.range![1],
    );
  });
  const flow = parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`;
  return text.slice(0, from) + flow + text.slice(to);
}

/** What was wanted is there, and nothing else has changed. */
function assertOnly(
  before: string,
  after: string,
  index: number,
  edits: readonly YamlEdit[],
): void {
  const wanted = parsed(before);
  for (const { path, value } of edits) {
    if (value === null) {
      deletePruned(wanted[index], [...path]);
    } else {
      fillNulls(wanted[index], path);
      wanted[index].setIn(path, value);
    }
  }
  const said = (documents: Document[]) =>
    JSON.stringify(documents.map(each => textual(each.toJS())));
  const now = parsed(after);
  if (
    now.some(({ errors }) => errors.length > 0) ||
    said(now) !== said(wanted)
  ) {
    throw new YamlEditError('The form of the file does not allow a safe edit.');
  }
}

/** Where a key has no value, a map can be put. */
function fillNulls(document: Document, path: YamlPath): void {
  for (let depth = 1; depth < path.length; depth += 1) {
    const prefix = path.slice(0, depth);
    if (document.hasIn(prefix) && document.getIn(prefix) === null) {
      document.setIn(prefix, document.createNode({}));
    }
  }
}

function deletePruned(document: Document, path: Array<string | number>): void {
  if (!document.hasIn(path)) {
    return;
  }
  document.deleteIn(path);
  const parent = path.slice(0, -1);
  const map = document.getIn(parent, true);
  if (isMap(map) && map.items.length === 0 && parent.length > 1) {
    deletePruned(document, parent);
  }
}

/** Quantities may be numbers in a file: `1` and `"1"` are the same to Kubernetes. */
function textual(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(textual);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, each]) => [key, textual(each)]),
    );
  }
  return typeof value === 'number' ? String(value) : value;
}
