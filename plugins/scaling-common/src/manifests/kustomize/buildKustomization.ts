import { KubernetesJson } from '../ManifestObject';
import { readManifests } from '../readManifests';
import { addHashes, generateConfigMap } from './configMaps';
import {
  Kustomization,
  KUSTOMIZATION_FILES,
  readKustomization,
} from './Kustomization';
import { KustomizeError } from './KustomizeError';
import { groupVersionOf, metadataOf, Obj, textOf } from './objects';
import { applyPatch } from './patches';
import { isRemote, joinPath } from './paths';
import {
  addAnnotations,
  addLabels,
  setImages,
  setNamespace,
} from './transformers';

/** Text files by their paths below one folder, a map or what reads them when asked. @public */
export type KustomizeFiles = Pick<
  ReadonlyMap<string, string>,
  'get' | 'has' | 'keys'
>;

/** Where a file of a kustomization may be, and how deep they may lie in each other. */
const DEEPEST = 20;

/**
 * Builds a kustomization as `kubectl kustomize` does: `resources` (files and folders),
 * `namespace`, `labels`, `commonAnnotations`, `images`, `patches` (strategic and
 * RFC 6902), `configMapGenerator` and `generatorOptions`. Pure: what would have to be
 * fetched is refused, and so is a field that is not among these, by its name.
 *
 * @param folder - where its `kustomization.yaml` is; empty = at the top
 * @returns the objects in the order in which the resources name them
 * @throws KustomizeError
 * @public
 */
export function buildKustomization(
  files: KustomizeFiles,
  folder = '',
): KubernetesJson[] {
  const hashed = new Set<Obj>();
  const objects = build(files, joinPath('', folder), hashed, []);
  addHashes(objects, hashed);
  return objects as unknown as KubernetesJson[];
}

/**
 * Folders with a kustomization that no other kustomization builds, sorted.
 *
 * @throws KustomizeError where one of them can't be read
 * @public
 */
export function findKustomizations(files: KustomizeFiles): string[] {
  const folders = [...files.keys()]
    .filter(path =>
      KUSTOMIZATION_FILES.some(
        name => path === name || path.endsWith(`/${name}`),
      ),
    )
    .map(path => path.slice(0, Math.max(0, path.lastIndexOf('/'))));
  const used = new Set(
    folders.flatMap(folder =>
      kustomizationOf(files, folder)
        .resources.filter(resource => !isRemote(resource))
        .map(resource => joinPath(folder, resource)),
    ),
  );
  return [...new Set(folders)].filter(folder => !used.has(folder)).sort();
}

function kustomizationOf(files: KustomizeFiles, folder: string): Kustomization {
  const found = KUSTOMIZATION_FILES.map(name => joinPath(folder, name)).filter(
    path => files.has(path),
  );
  if (found.length !== 1) {
    throw new KustomizeError(
      found.length === 0
        ? `${folder || 'The top folder'} has no kustomization.yaml.`
        : `${folder || 'The top folder'} has ${found.join(
            ' and ',
          )}; it must have one of them.`,
    );
  }
  return readKustomization(found[0], files.get(found[0]) ?? '');
}

function build(
  files: KustomizeFiles,
  folder: string,
  hashed: Set<Obj>,
  above: readonly string[],
): Obj[] {
  if (above.includes(folder) || above.length > DEEPEST) {
    throw new KustomizeError(
      `${folder || 'The top folder'} is a resource of itself.`,
    );
  }
  const kustomization = kustomizationOf(files, folder);
  const read = (path: string) => {
    const text = files.get(joinPath(folder, path));
    if (text === undefined) {
      throw new KustomizeError(
        `${joinPath(folder, path)} is named by the kustomization of ${
          folder || 'the top folder'
        } and is not there.`,
      );
    }
    return text;
  };
  let objects = kustomization.resources.flatMap(resource =>
    resourceOf(files, folder, resource, read, nested =>
      build(files, nested, hashed, [...above, folder]),
    ),
  );
  for (const generator of kustomization.configMapGenerator) {
    const made = generateConfigMap(
      generator,
      kustomization.generatorOptions,
      read,
    );
    objects.push(made.object);
    if (made.hashed) {
      hashed.add(made.object);
    }
  }
  refuseTwice(objects, folder);
  for (const patch of kustomization.patches) {
    objects = applyPatch(objects, patch, read);
  }
  if (kustomization.namespace !== undefined) {
    setNamespace(objects, kustomization.namespace);
  }
  kustomization.labels.forEach(labels => addLabels(objects, labels));
  addAnnotations(objects, kustomization.commonAnnotations);
  setImages(objects, kustomization.images);
  return objects;
}

function resourceOf(
  files: KustomizeFiles,
  folder: string,
  resource: string,
  read: (path: string) => string,
  nested: (folder: string) => Obj[],
): Obj[] {
  if (isRemote(resource)) {
    throw new KustomizeError(
      `The resource ${resource} would have to be fetched, and nothing is fetched here; copy it beside the kustomization.`,
    );
  }
  const path = joinPath(folder, resource);
  if (!files.has(path)) {
    const isFolder =
      KUSTOMIZATION_FILES.some(name => files.has(joinPath(path, name))) ||
      [...files.keys()].some(
        each => path === '' || each.startsWith(`${path}/`),
      );
    return isFolder ? nested(path) : [{ missing: read(resource) }];
  }
  const { objects, unread } = readManifests([
    // Whatever it is called, it is read.
    {
      path: `${path.replace(/\.(ya?ml|json)$/i, '')}.yaml`,
      text: read(resource),
    },
  ]);
  if (unread.length > 0 || objects.length === 0) {
    throw new KustomizeError(
      `${path} ${
        unread.length > 0
          ? `can't be read: ${unread[0].said.message}`
          : 'holds no object with apiVersion and kind.'
      }`,
    );
  }
  return objects.map(({ object }) => structuredClone(object) as unknown as Obj);
}

function refuseTwice(objects: readonly Obj[], folder: string): void {
  const seen = new Set<string>();
  for (const object of objects) {
    const { name, namespace } = metadataOf(object);
    const id = [
      groupVersionOf(object)[0],
      object.kind,
      namespace ?? 'default',
      name,
    ].join(' ');
    if (seen.has(id)) {
      throw new KustomizeError(
        `${textOf(object.kind)} ${textOf(name)} is there twice in ${
          folder || 'the top folder'
        }; each object must be there once.`,
      );
    }
    seen.add(id);
  }
}
