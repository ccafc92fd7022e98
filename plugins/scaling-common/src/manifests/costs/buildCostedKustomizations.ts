import { Said } from '@headroom/common';
import { wordGuard } from '@headroom/plugin-cost-common';
import { textAt } from '../json';
import {
  buildKustomization,
  KustomizeFiles,
} from '../kustomize/buildKustomization';
import {
  KustomizationReach,
  kustomizationReach,
} from '../kustomize/kustomizationReach';
import { KustomizeError } from '../kustomize/KustomizeError';
import { sha256 } from '../kustomize/sha256';
import { KubernetesJson } from '../ManifestObject';
import { costedObjects } from './costedObjects';

/** Kustomizations whose cost isn't known, and why. @public */
export interface UnknownKustomizations {
  /** One, or several of which just one is meant; sorted. */
  folders: string[];
  said: Said;
  /** Tells them from another version: a hash of all that they are built of. */
  content: string;
}

/** What the kustomizations of a folder make, see {@link buildCostedKustomizations}. @public */
export interface CostedKustomizations {
  objects: KubernetesJson[];
  unknown: UnknownKustomizations[];
  /** Files that one of them refers to: they are no manifests beside them. */
  files: ReadonlySet<string>;
}

/** A kustomization that no other one refers to. */
interface Top {
  folder: string;
  reach: KustomizationReach;
  built: { objects: KubernetesJson[] } | { said: Said };
}

/**
 * Builds the kustomizations of a folder that no other one of it refers to. What they
 * make is added up, unless some of them make the same workloads or claims: those are
 * for several environments, and adding them up would be the cost of none. Which one is
 * meant is not known then. Pure.
 *
 * @param folders - where there is a kustomization
 * @public
 */
export function buildCostedKustomizations(
  files: KustomizeFiles,
  folders: readonly string[],
): CostedKustomizations {
  const tops = topsOf(files, folders);
  const groups = groupVariants(tops);
  const known = groups.flatMap(([first, ...others]) =>
    others.length === 0 && 'objects' in first.built ? first.built.objects : [],
  );
  return {
    objects: known,
    unknown: groups.flatMap(group => unknownOf(files, group)),
    files: new Set(tops.flatMap(({ reach }) => [...reach.files])),
  };
}

function topsOf(files: KustomizeFiles, folders: readonly string[]): Top[] {
  const reaches = [...folders]
    .sort()
    .map(folder => ({ folder, reach: kustomizationReach(files, folder) }));
  const isReferred = (folder: string) =>
    reaches.some(
      each => each.folder !== folder && each.reach.folders.has(folder),
    );
  const tops = reaches.filter(({ folder }) => !isReferred(folder));
  // Those that refer to one another in a circle have no top, and are not left out.
  for (const each of reaches) {
    if (!tops.some(({ reach }) => reach.folders.has(each.folder))) {
      tops.push(each);
    }
  }
  return tops.map(top => ({ ...top, built: build(files, top.folder) }));
}

function build(files: KustomizeFiles, folder: string): Top['built'] {
  try {
    return { objects: buildKustomization(files, folder) };
  } catch (error) {
    if (error instanceof KustomizeError) {
      return { said: { message: error.message } };
    }
    throw error;
  }
}

/** Those that may be the same thing for several environments stand together. */
function groupVariants(tops: readonly Top[]): Top[][] {
  const named = tops.map(top => ({ top, names: namesOf(top) }));
  type Named = (typeof named)[number];
  const isVariant = (a: Named, b: Named) => {
    const shares = overlap(a.top.reach.folders, b.top.reach.folders);
    // Of one base, and in whatever namespace; else the very same object.
    const among = shares ? 'names' : 'namesInNamespaces';
    const isOpen = 'said' in a.top.built || 'said' in b.top.built;
    return (shares && isOpen) || overlap(a.names[among], b.names[among]);
  };
  let groups: Named[][] = [];
  for (const each of named) {
    const near = groups.filter(group =>
      group.some(other => isVariant(each, other)),
    );
    groups = [
      ...groups.filter(group => !near.includes(group)),
      [...near.flat(), each],
    ];
  }
  return groups.map(group =>
    group.map(({ top }) => top).sort((a, b) => (a.folder < b.folder ? -1 : 1)),
  );
}

function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return [...a].some(each => b.has(each));
}

/** Of what costs something. */
function namesOf({ built }: Top) {
  const objects = 'objects' in built ? built.objects : [];
  const costed = costedObjects(objects.map(object => ({ object }))).map(
    object => ({
      name: [object.kind, textAt(object, 'metadata', 'name')].join('/'),
      namespace: textAt(object, 'metadata', 'namespace') ?? '',
    }),
  );
  return {
    names: new Set(costed.map(({ name }) => name)),
    namesInNamespaces: new Set(
      costed.map(({ name, namespace }) => `${namespace}/${name}`),
    ),
  };
}

function unknownOf(
  files: KustomizeFiles,
  group: readonly Top[],
): UnknownKustomizations[] {
  const [{ built }, ...others] = group;
  if (others.length === 0 && 'objects' in built) {
    return [];
  }
  const said =
    others.length === 0 && 'said' in built
      ? built.said
      : wordGuard('kustomizationVariants');
  const folders = group.map(({ folder }) => folder);
  return [{ folders, said, content: hashOf(files, group) }];
}

function hashOf(files: KustomizeFiles, group: readonly Top[]): string {
  const paths = new Set(group.flatMap(({ reach }) => [...reach.files]));
  const texts = [...paths].sort().map(path => [path, files.get(path) ?? '']);
  return sha256(JSON.stringify(texts)).slice(0, 16);
}
