import { ConfigMapGenerator, GeneratorOptions } from './Kustomization';
import { KustomizeError } from './KustomizeError';
import { isBuiltIn, isObj, mapIn, metadataOf, Obj, textOf } from './objects';
import { baseName } from './paths';
import { sha256 } from './sha256';
import { namespaceOf } from './transformers';

/** A ConfigMap of a generator. */
export function generateConfigMap(
  generator: ConfigMapGenerator,
  shared: GeneratorOptions | undefined,
  read: (path: string) => string,
): { object: Obj; hashed: boolean } {
  const { name, namespace, files, literals, envs } = generator;
  const own = generator.options;
  const data: Record<string, string> = {};
  const add = (key: string, value: string) => {
    if (Object.hasOwn(data, key)) {
      throw new KustomizeError(
        `configMapGenerator ${name} has the key ${key} twice; each key must be there once.`,
      );
    }
    data[key] = value;
  };
  for (const env of envs) {
    for (const line of read(env).split(/\r?\n/)) {
      if (line.trim() !== '' && !line.trimStart().startsWith('#')) {
        const [key, value] = pairOf(line.trimStart(), name);
        add(key, value);
      }
    }
  }
  for (const literal of literals) {
    const [key, value] = pairOf(literal, name);
    const quoted = /^(?:"([\s\S]*)"|'([\s\S]*)')$/.exec(value);
    add(key, quoted?.[1] ?? quoted?.[2] ?? value);
  }
  for (const file of files) {
    const equals = file.indexOf('=');
    const path = file.slice(equals + 1);
    add(equals < 0 ? baseName(path) : file.slice(0, equals), read(path));
  }
  const labels = { ...shared?.labels, ...own?.labels };
  const annotations = { ...shared?.annotations, ...own?.annotations };
  const object: Obj = {
    apiVersion: 'v1',
    ...(Object.keys(data).length > 0 && { data }),
    ...((own?.immutable ?? shared?.immutable) && { immutable: true }),
    kind: 'ConfigMap',
    metadata: {
      name,
      ...(namespace !== undefined && { namespace }),
      ...(Object.keys(labels).length > 0 && { labels }),
      ...(Object.keys(annotations).length > 0 && { annotations }),
    },
  };
  return {
    object,
    hashed: !(own?.disableNameSuffixHash || shared?.disableNameSuffixHash),
  };
}

function pairOf(text: string, name: string): [string, string] {
  const equals = text.indexOf('=');
  if (equals < 1) {
    throw new KustomizeError(
      `configMapGenerator ${name} has "${text}"; it must be key=value.`,
    );
  }
  return [text.slice(0, equals), text.slice(equals + 1)];
}

/**
 * Gives ConfigMaps names that change with what they hold, and what refers to them
 * the same names.
 */
export function addHashes(
  objects: readonly Obj[],
  hashed: ReadonlySet<Obj>,
): void {
  const renamed = new Map<string, string>();
  for (const object of objects) {
    if (hashed.has(object)) {
      const metadata = mapIn(object, 'metadata');
      const name = textOf(metadata.name);
      metadata.name = `${name}-${hashOf(object)}`;
      renamed.set(`${namespaceOf(object)}/${name}`, textOf(metadata.name));
    }
  }
  if (renamed.size > 0) {
    for (const object of objects.filter(isBuiltIn)) {
      refer(object, name => renamed.get(`${namespaceOf(object)}/${name}`));
    }
  }
}

function refer(
  node: unknown,
  find: (name: string) => string | undefined,
): void {
  if (Array.isArray(node)) {
    node.forEach(item => refer(item, find));
  } else if (isObj(node)) {
    for (const [key, value] of Object.entries(node)) {
      if (/^configMap(Ref|KeyRef)?$/.test(key) && isObj(value)) {
        value.name = find(textOf(value.name)) ?? value.name;
      }
      refer(value, find);
    }
  }
}

/** As kustomize's hasher: ten letters of SHA-256 that spell no word. */
function hashOf(object: Obj): string {
  const encoded = goJson({
    data: object.data ?? '',
    kind: 'ConfigMap',
    name: metadataOf(object).name,
  });
  const spelled: Record<string, string> = {
    0: 'g',
    1: 'h',
    3: 'k',
    a: 'm',
    e: 't',
  };
  return [...sha256(encoded).slice(0, 10)]
    .map(digit => spelled[digit] ?? digit)
    .join('');
}

/** JSON as Go writes it: sorted keys, and `<`, `>`, `&` escaped. */
function goJson(value: unknown): string {
  if (isObj(value)) {
    const entries = Object.keys(value)
      .sort((a, b) => (a < b ? -1 : 1))
      .map(key => `${goJson(key)}:${goJson(value[key])}`);
    return `{${entries.join(',')}}`;
  }
  return JSON.stringify(value ?? null).replace(
    /[<>&\u2028\u2029]/g,
    letter => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
