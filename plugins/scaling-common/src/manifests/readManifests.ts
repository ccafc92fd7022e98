import { Json, Worded } from '@headroom/common';
import {
  Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  Node,
  parseAllDocuments,
  Scalar,
  visit,
} from 'yaml';
import { isMap as isJsonMap, listAt, textAt } from './json';
import {
  KubernetesJson as JsonMap,
  ManifestObject,
  ManifestPath,
  YamlSurprise,
} from './ManifestObject';
import { sha256 } from './kustomize/sha256';
import { keepUnbounded, readPlainScalar } from './plainScalars';
import { sayManifest } from './sentences';

/** A text file of manifests. @public */
export interface ManifestFile {
  /** From the top of the repository or of what was rendered. */
  path: string;
  text: string;
}

/** A file that could not be read as manifests. @public */
export interface UnreadManifest {
  file: string;
  /** From 1, where it is known. */
  line?: number;
  said: Worded;
  /** Tells it from another version of the file: a hash of its text. */
  content: string;
}

/** What files hold. @public */
export interface ReadManifests {
  objects: ManifestObject[];
  /** Workflows of GitHub, which say which runners they want. */
  workflows: ManifestObject[];
  /** Values of the chart of GitHub's runner scale sets. */
  runnerValues: ManifestObject[];
  /** Kustomizations and components of them, which no API server takes. */
  kustomizations: ManifestObject[];
  /** Files that are no YAML, or templates that something has to render first. */
  unread: UnreadManifest[];
}

/** Files in the same shape that no API server takes: entities, kustomizations. */
const OTHERS = /^([\w.]+\.)?backstage\.io\/|^kustomize\.config\.k8s\.io\//;
const KUSTOMIZE = /^kustomize\.config\.k8s\.io\//;
const KUSTOMIZATION_FILE = /(^|\/)kustomization\.ya?ml$/i;
const WORKFLOW = /(^|\/)\.github\/workflows\/[^/]+$/;
/** Larger files are no manifests that people wrote. */
const LARGEST_FILE = 512 * 1024;
/** As the reader of Kubernetes bounds it: aliases of aliases grow without end. */
const MOST_ALIASES = 100;

/**
 * Reads objects of Kubernetes from files of YAML or JSON, as kubectl would, and keeps
 * where each field is. Documents that are no objects, such as values of a chart, are
 * left out; a `List` is what it holds.
 *
 * @public
 */
export function readManifests(files: readonly ManifestFile[]): ReadManifests {
  const read = nothingRead();
  for (const file of files.filter(({ path }) =>
    /\.(ya?ml|json)$/i.test(path),
  )) {
    const part = readFile(file);
    read.objects.push(...part.objects);
    read.workflows.push(...part.workflows);
    read.runnerValues.push(...part.runnerValues);
    read.kustomizations.push(...part.kustomizations);
    read.unread.push(...part.unread);
  }
  return read;
}

function nothingRead(): ReadManifests {
  return {
    objects: [],
    workflows: [],
    runnerValues: [],
    kustomizations: [],
    unread: [],
  };
}

function readFile({ path: file, text }: ManifestFile): ReadManifests {
  if (text.length > LARGEST_FILE) {
    const said = sayManifest('tooLarge');
    return {
      ...nothingRead(),
      unread: [{ file, said, content: hashOf(text) }],
    };
  }
  const counter = new LineCounter();
  const parsed = parseAllDocuments(text, {
    lineCounter: counter,
    merge: true,
    uniqueKeys: true,
    logLevel: 'silent',
  });
  const documents = Array.isArray(parsed) ? (parsed as Document[]) : [];
  const isWorkflow = WORKFLOW.test(file);
  const maps: ManifestObject[] = [];
  const unread: UnreadManifest[] = [];
  const read = () => ({
    objects: isWorkflow ? [] : maps.filter(({ object }) => isObject(object)),
    workflows: isWorkflow ? maps : [],
    runnerValues: isWorkflow
      ? []
      : maps.filter(({ object }) => isRunnerValues(object)),
    kustomizations: isWorkflow
      ? []
      : maps.filter(({ object }) => isKustomization(object, file)),
    unread,
  });
  for (const [index, document] of documents.entries()) {
    const [error] = document.errors;
    if (error) {
      const { line } = counter.linePos(error.pos[0]);
      // A chart's templates are rendered by Helm, and only then are YAML.
      const said = text.includes('{{')
        ? sayManifest('template')
        : sayManifest('notYaml', { why: error.message.split('\n')[0] });
      unread.push({ file, line, said, content: hashOf(text) });
      return read();
    }
    try {
      maps.push(...mapsIn(document, { file, text, index, counter }));
    } catch (thrown) {
      // What the reader refuses to resolve, such as too many aliases.
      const why = thrown instanceof Error ? thrown.message : String(thrown);
      const said = sayManifest('notYaml', { why });
      unread.push({ file, said, content: hashOf(text) });
    }
  }
  return read();
}

/** Of 64 bits. */
function hashOf(text: string): string {
  return sha256(text).slice(0, 16);
}

function mapsIn(
  document: Document,
  of: {
    file: string;
    text: string;
    index: number;
    counter: LineCounter;
  },
): ManifestObject[] {
  const surprises: YamlSurprise[] = [];
  keepUnbounded(document);
  visit(document, {
    Scalar(key, node, path) {
      if (key === 'key' || node.type !== 'PLAIN' || !node.source) {
        return;
      }
      const plain = readPlainScalar(node.source);
      if (plain) {
        node.value = plain.value;
        if (plain.surprise) {
          surprises.push({
            path: pathOf([...path, node] as Node[]),
            written: node.source,
            ...plain.surprise,
          });
        }
      }
    },
  });
  const value: Json = document.toJS({ maxAliasCount: MOST_ALIASES });
  const items = listAt(value, 'items');
  const isList = textAt(value, 'kind')?.endsWith('List') && items.length > 0;
  const found: Array<[ManifestPath, Json]> = isList
    ? items.map((item, index) => [['items', index], item])
    : [[[], value]];
  return found.flatMap(([within, object]) =>
    isJsonMap(object)
      ? [
          {
            object,
            source: {
              file: of.file,
              document: of.index,
              text: of.text,
              within,
              lineOf: path =>
                lineOf(document, of.counter, [...within, ...path]),
              surprises: surprises.flatMap(({ path, ...surprise }) =>
                within.every((each, index) => path[index] === each)
                  ? [{ ...surprise, path: path.slice(within.length) }]
                  : [],
              ),
            },
          },
        ]
      : [],
  );
}

function isRunnerValues({ kind, githubConfigUrl }: JsonMap): boolean {
  return kind === undefined && typeof githubConfigUrl === 'string';
}

/** Neither its kind nor its version need be said where its file is called after it. */
function isKustomization({ apiVersion, kind }: JsonMap, file: string): boolean {
  if (typeof apiVersion === 'string') {
    return KUSTOMIZE.test(apiVersion);
  }
  return (
    kind === 'Kustomization' ||
    kind === 'Component' ||
    KUSTOMIZATION_FILE.test(file)
  );
}

function isObject({ apiVersion, kind }: JsonMap): boolean {
  return (
    typeof apiVersion === 'string' &&
    typeof kind === 'string' &&
    !OTHERS.test(apiVersion)
  );
}

/** Keys and indices that lead to the last of nodes that hold one another. */
function pathOf(nodes: readonly unknown[]): ManifestPath {
  return nodes.flatMap<string | number>((node, index) => {
    const held = nodes[index + 1];
    if (isSeq(node)) {
      return [node.items.indexOf(held)];
    }
    return isMap(node) ? [keyOf((held as { key?: unknown }).key)] : [];
  });
}

function keyOf(key: unknown): string {
  return String(isScalar(key) ? (key as Scalar).value : key);
}

function lineOf(
  document: Document,
  counter: LineCounter,
  path: ManifestPath,
): number {
  let node: unknown = document.contents;
  let offset = (document.contents as Node | null)?.range?.[0] ?? 0;
  for (const key of path) {
    if (isAlias(node)) {
      node = node.resolve(document);
    }
    if (isMap(node)) {
      const pair = node.items.find(each => keyOf(each.key) === String(key));
      const range = (pair?.key as Node | undefined)?.range;
      if (!pair || !range) {
        break;
      }
      offset = range[0];
      node = pair.value;
    } else if (isSeq(node) && typeof key === 'number') {
      node = node.items[key];
      const range = (node as Node | undefined)?.range;
      if (!range) {
        break;
      }
      offset = range[0];
    } else {
      break;
    }
  }
  return counter.linePos(offset).line;
}
