import { parse } from 'yaml';
import type { KustomizeFiles } from './buildKustomization';
import { KUSTOMIZATION_FILES } from './Kustomization';
import { isObj } from './objects';
import { joinPath } from './paths';

/** What a kustomization is built of, with all that it builds on; paths from the top. */
export interface KustomizationReach {
  /** Of kustomizations, its own among them. */
  folders: ReadonlySet<string>;
  /** Kustomizations, resources, patches and whatever else is named. */
  files: ReadonlySet<string>;
}

/** Fields whose entries may be folders, also of those that aren't built here. */
const FOLDER_FIELDS = [
  'resources',
  'bases',
  'components',
  'generators',
  'transformers',
  'validators',
];

/**
 * Follows what a kustomization refers to, also where it can't be built: of files every
 * text that is the path of one, so that a patch of whatever field is found.
 */
export function kustomizationReach(
  files: KustomizeFiles,
  top: string,
): KustomizationReach {
  const folders = new Set<string>();
  const found = new Set<string>();
  const follow = (folder: string) => {
    if (folders.has(folder)) {
      return;
    }
    folders.add(folder);
    for (const file of kustomizationsIn(files, folder)) {
      found.add(file);
      const value = read(files.get(file) ?? '');
      for (const path of pathsIn(value, folder)) {
        if (files.has(path)) {
          found.add(path);
        }
      }
      const nested = isObj(value)
        ? FOLDER_FIELDS.flatMap(field => [...pathsIn(value[field], folder)])
        : [];
      nested
        .filter(path => kustomizationsIn(files, path).length > 0)
        .forEach(follow);
    }
  };
  follow(joinPath('', top));
  return { folders, files: found };
}

function kustomizationsIn(files: KustomizeFiles, folder: string): string[] {
  return KUSTOMIZATION_FILES.map(name => joinPath(folder, name)).filter(path =>
    files.has(path),
  );
}

/** What is no YAML refers to nothing; that it can't be built is said elsewhere. */
function read(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

const LONGEST_PATH = 1000;

/** Every text at any depth as a path from the top, also of `key=path`. */
function pathsIn(value: unknown, folder: string): Set<string> {
  const paths = new Set<string>();
  const visit = (node: unknown) => {
    if (typeof node === 'object' && node !== null) {
      Object.values(node).forEach(visit);
    } else if (typeof node === 'string' && isPath(node)) {
      [node, node.slice(node.indexOf('=') + 1)]
        .flatMap(text => pathFrom(folder, text))
        .forEach(path => paths.add(path));
    }
  };
  visit(value);
  return paths;
}

function isPath(text: string): boolean {
  return text !== '' && text.length <= LONGEST_PATH && !/[\n\0]/.test(text);
}

/** Empty where it leads out of the files, which nothing here does. */
function pathFrom(folder: string, text: string): string[] {
  try {
    return [joinPath(folder, text)];
  } catch {
    return [];
  }
}
