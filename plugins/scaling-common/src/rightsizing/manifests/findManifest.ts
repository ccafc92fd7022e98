import { Document, parseAllDocuments } from 'yaml';
import {
  FieldChange,
  formatFieldPath,
  parseQuantity,
  Worded,
} from '@headroom/common';
import { PodPatch } from '@headroom/plugin-cost-common';
import { wordRightsizing } from '../sentences';
import { YamlEdit, YamlPath } from './editYaml';
import {
  folderOf,
  kustomizationsIn,
  overlaysOf,
  patchedBy,
} from './kustomizations';

/** A text file of a repository. @public */
export interface RepositoryFile {
  /** From the top of the repository, e.g. `deploy/base/web.yaml`. */
  path: string;
  text: string;
}

/** Which workload is looked for, and what runs now. @public */
export interface ManifestWish {
  /** How it is called in sentences: the repository, without credentials. */
  repository: string;
  workload: { kind: string; namespace: string; name: string };
  patch: PodPatch;
  /**
   * Quantities that run now, by container and then by `requests.cpu` and the like;
   * absent = not set.
   */
  live: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** The document of a file in which a workload's resources are, and what to set there. */
export interface FoundManifest {
  path: string;
  document: number;
  edits: readonly YamlEdit[];
  /** The same as people read it: containers by name, and what the file says now. */
  changes: readonly FieldChange[];
}

/** Files larger than this are no manifests that people wrote. */
const LARGEST_FILE = 128 * 1024;
const YAML_FILE = /\.ya?ml$/;

interface Candidate extends FoundManifest {
  /** That it says itself. */
  namespace?: string;
  /** What the file says otherwise than the cluster; absent = the same. */
  difference?: { field: string; file: string; live: string };
}

/**
 * Finds the one manifest that sets what runs: of the same kind, name and namespace
 * (where it says one), with the containers that are to change, and with the values
 * that the cluster has now.
 *
 * @returns the place, or in a sentence why there is none
 */
export function findManifest(
  files: readonly RepositoryFile[],
  wish: ManifestWish,
): FoundManifest | { reason: Worded } {
  const yaml = files.filter(
    ({ path, text }) => YAML_FILE.test(path) && text.length <= LARGEST_FILE,
  );
  const kustomizations = kustomizationsIn(yaml);
  const candidates = yaml
    .flatMap(file => candidatesIn(file, wish))
    .filter(
      ({ path, namespace }) =>
        namespace !== undefined ||
        // Without one of its own it has that of its kustomization.
        kustomizations
          .filter(each => each.folder === folderOf(path))
          .every(
            each =>
              (each.namespace ?? wish.workload.namespace) ===
              wish.workload.namespace,
          ),
    );
  const same = candidates.filter(({ difference }) => !difference);
  const { repository } = wish;
  const workload = `${wish.workload.kind} ${wish.workload.namespace}/${wish.workload.name}`;
  if (same.length > 1) {
    return {
      reason: wordRightsizing('several', {
        repository,
        workload,
        paths: same.map(({ path }) => path).join(', '),
      }),
    };
  }
  if (same.length === 1) {
    const [{ path, document, edits, changes }] = same;
    const patched = patchedBy(path, wish, kustomizations);
    if (patched) {
      return { reason: patchedReason(patched.path, path, workload) };
    }
    const overlays = overlaysOf(path, kustomizations);
    return overlays.length > 1
      ? {
          reason: wordRightsizing('shared', {
            path,
            overlays: overlays.join(', '),
          }),
        }
      : { path, document, edits, changes };
  }
  const [other] = candidates;
  if (other?.difference) {
    const patched = patchedBy(other.path, wish, kustomizations);
    if (patched) {
      return { reason: patchedReason(patched.path, other.path, workload) };
    }
    return {
      reason: wordRightsizing('differs', {
        path: other.path,
        ...other.difference,
      }),
    };
  }
  const template = yaml.find(
    ({ text }) =>
      text.includes('{{') &&
      new RegExp(`^kind:\\s*${wish.workload.kind}\\s*$`, 'm').test(text),
  );
  return {
    reason: template
      ? wordRightsizing('notFoundHelm', {
          repository,
          workload,
          path: template.path,
        })
      : wordRightsizing('notFound', {
          repository,
          workload,
          container: wish.patch.containers.map(({ name }) => name).join(', '),
        }),
  };
}

function patchedReason(path: string, manifest: string, workload: string) {
  return wordRightsizing('patched', { path, manifest, workload });
}

function candidatesIn(file: RepositoryFile, wish: ManifestWish): Candidate[] {
  if (!file.text.includes(wish.workload.name)) {
    return [];
  }
  const documents = parseAllDocuments(file.text);
  if (!Array.isArray(documents)) {
    return [];
  }
  return documents.flatMap((document, index) => {
    if (document.errors.length > 0) {
      return [];
    }
    const candidate = candidateOf(plainOf(document), wish);
    return candidate
      ? [{ path: file.path, document: index, ...candidate }]
      : [];
  });
}

/** Undefined where anchors unfold to more than anybody wrote. */
function plainOf(document: Document.Parsed): unknown {
  try {
    return document.toJS();
  } catch {
    return undefined;
  }
}

type Plain = { readonly [key: string]: unknown };

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function at(value: unknown, path: YamlPath): unknown {
  return path.reduce<unknown>((node, key) => {
    if (Array.isArray(node)) {
      return node[key as number];
    }
    return isPlain(node) && Object.hasOwn(node, key) ? node[key] : undefined;
  }, value);
}

function podPathOf(kind: string): YamlPath {
  if (kind === 'Pod') {
    return ['spec'];
  }
  return kind === 'CronJob'
    ? ['spec', 'jobTemplate', 'spec', 'template', 'spec']
    : ['spec', 'template', 'spec'];
}

function candidateOf(
  object: unknown,
  { workload, patch, live }: ManifestWish,
): Omit<Candidate, 'path' | 'document'> | undefined {
  const namespace = at(object, ['metadata', 'namespace']);
  if (
    at(object, ['kind']) !== workload.kind ||
    at(object, ['metadata', 'name']) !== workload.name ||
    (namespace !== undefined && namespace !== workload.namespace)
  ) {
    return undefined;
  }
  const pod = podPathOf(workload.kind);
  const edits: YamlEdit[] = [];
  const changes: FieldChange[] = [];
  let difference: Candidate['difference'];
  for (const { name, main, resources } of patch.containers) {
    const list = [...pod, main ? 'containers' : 'initContainers'];
    const containers = at(object, list);
    const index = Array.isArray(containers)
      ? containers.findIndex(each => at(each, ['name']) === name)
      : -1;
    if (index === -1) {
      return undefined;
    }
    for (const part of ['requests', 'limits'] as const) {
      for (const [resource, value] of Object.entries(resources[part] ?? {})) {
        const path = [...list, index, 'resources', part, resource];
        const file = at(object, path);
        if (typeof file === 'object' && file !== null) {
          return undefined; // `{{ … }}` of a template
        }
        const running = live[name]?.[`${part}.${resource}`];
        if (!sameQuantity(file, running)) {
          difference ??= {
            field: formatFieldPath(['resources', part, resource]),
            file: file === undefined ? '(nothing)' : String(file),
            live: running ?? '(nothing)',
          };
        }
        edits.push({ path, value });
        changes.push({
          path: [
            ...list.map(String),
            `[name=${name}]`,
            'resources',
            part,
            resource,
          ],
          before: file === undefined || file === null ? null : String(file),
          after: value,
        });
      }
    }
  }
  return {
    edits,
    changes,
    ...(typeof namespace === 'string' && { namespace }),
    ...(difference && { difference }),
  };
}

function sameQuantity(file: unknown, live: string | undefined): boolean {
  if (file === undefined || file === null) {
    return live === undefined;
  }
  const said = parseQuantity(file as string | number);
  return said !== undefined && said === parseQuantity(live);
}
