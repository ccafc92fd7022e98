import { parse, parseAllDocuments } from 'yaml';
import { ManifestWish, RepositoryFile } from './findManifest';

const KUSTOMIZATION = /(^|\/)kustomization\.ya?ml$/i;

/** What of a kustomization is read. */
export interface Kustomization {
  path: string;
  folder: string;
  namespace?: string;
  /** Folders and files that it takes, from the top of the repository. */
  takes: readonly string[];
  patches: readonly KustomizePatch[];
}

/** A patch that is no manifest of its own: operations, or lines of the kustomization. */
interface KustomizePatch {
  target?: { kind?: string; name?: string };
  text: string;
}

type Plain = { readonly [key: string]: unknown };

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The kustomizations among files; one that is no YAML is left out. */
export function kustomizationsIn(
  files: readonly RepositoryFile[],
): Kustomization[] {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  return files.flatMap(({ path, text }) => {
    if (!KUSTOMIZATION.test(path)) {
      return [];
    }
    let said: unknown;
    try {
      said = parse(text);
    } catch {
      return [];
    }
    if (!isPlain(said)) {
      return [];
    }
    const all = said;
    const folder = folderOf(path);
    const { namespace } = all;
    return [
      {
        path,
        folder,
        ...(typeof namespace === 'string' && { namespace }),
        takes: ['resources', 'bases', 'components'].flatMap(key =>
          listOf(all[key])
            .filter((each): each is string => typeof each === 'string')
            .map(each => resolved(folder, each)),
        ),
        patches: [
          ...listOf(all.patches),
          ...listOf(all.patchesJson6902),
          ...listOf(all.patchesStrategicMerge),
        ].flatMap(each => patchOf(each, folder, texts) ?? []),
      },
    ];
  });
}

/** Folders of kustomizations that take the folder of a file as their base. */
export function overlaysOf(
  path: string,
  kustomizations: readonly Kustomization[],
): string[] {
  const base = folderOf(path);
  return kustomizations
    .filter(({ folder, takes }) => folder !== base && takes.includes(base))
    .map(({ folder }) => folder || '.');
}

/**
 * The kustomization over a manifest that sets resources of the workload by operations
 * (RFC 6902) or by lines of its own: what the manifest says is then not what runs.
 */
export function patchedBy(
  path: string,
  { workload }: Pick<ManifestWish, 'workload'>,
  kustomizations: readonly Kustomization[],
): Kustomization | undefined {
  return kustomizations.find(
    each =>
      isOver(each, path, kustomizations) &&
      each.patches.some(
        ({ target, text }) =>
          isFor(target?.kind, workload.kind) &&
          isFor(target?.name, workload.name) &&
          setsResources(text, target !== undefined, workload),
      ),
  );
}

/** Whether it takes a file, itself or by another that it takes. */
function isOver(
  { folder, takes }: Kustomization,
  path: string,
  all: readonly Kustomization[],
  seen: ReadonlySet<string> = new Set(),
): boolean {
  if (seen.has(folder)) {
    return false;
  }
  const base = folderOf(path);
  return (
    folder === base ||
    takes.includes(path) ||
    all.some(
      other =>
        other.folder !== folder &&
        takes.includes(other.folder) &&
        isOver(other, path, all, new Set([...seen, folder])),
    )
  );
}

/** Kustomize takes names of a target for regular expressions of the whole name. */
function isFor(pattern: string | undefined, name: string): boolean {
  if (!pattern) {
    return true;
  }
  try {
    return new RegExp(`^(?:${pattern})$`).test(name);
  } catch {
    return true; // in doubt it is
  }
}

function setsResources(
  text: string,
  hasTarget: boolean,
  workload: ManifestWish['workload'],
): boolean {
  let said: unknown[];
  try {
    const documents = parseAllDocuments(text);
    said = Array.isArray(documents) ? documents.map(each => each.toJS()) : [];
  } catch {
    return false;
  }
  return said.some(each => {
    if (Array.isArray(each)) {
      return each.some(
        operation =>
          isPlain(operation) &&
          /\/(resources|(init)?containers(\/[^/]+)?$|template$|spec$)/i.test(
            String(operation.path),
          ),
      );
    }
    const metadata = isPlain(each) ? each.metadata : undefined;
    const isIt =
      hasTarget ||
      (isPlain(each) &&
        each.kind === workload.kind &&
        isPlain(metadata) &&
        metadata.name === workload.name);
    return isIt && JSON.stringify(each).includes('"resources"');
  });
}

function patchOf(
  entry: unknown,
  folder: string,
  texts: ReadonlyMap<string, string>,
): KustomizePatch | undefined {
  if (typeof entry === 'string') {
    // A file is a manifest among others, and found as such.
    return entry.includes('\n') ? { text: entry } : undefined;
  }
  if (!isPlain(entry)) {
    return undefined;
  }
  const { target, patch, path } = entry;
  const named = isPlain(target)
    ? {
        ...(typeof target.kind === 'string' && { kind: target.kind }),
        ...(typeof target.name === 'string' && { name: target.name }),
      }
    : undefined;
  const file =
    typeof path === 'string' ? texts.get(resolved(folder, path)) : undefined;
  const isManifest = file !== undefined && /^kind:/m.test(file);
  const text = typeof patch === 'string' ? patch : file;
  return text === undefined || (isManifest && patch === undefined)
    ? undefined
    : { text, ...(named && { target: named }) };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The folder of a file, from the top of the repository; empty = the top itself. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function resolved(folder: string, relative: string): string {
  const parts = folder ? folder.split('/') : [];
  for (const part of relative.split('/')) {
    if (part === '..') {
      parts.pop();
    } else if (part !== '.' && part !== '') {
      parts.push(part);
    }
  }
  return parts.join('/');
}
