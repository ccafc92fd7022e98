import { Said } from '@headroom/common';
import {
  KubernetesAccess,
  KubernetesApiError,
  KubernetesReader,
  KubernetesResource,
} from '@headroom/plugin-clusters-node';
import {
  KubernetesJson,
  ManifestObject,
  sayManifest,
} from '@headroom/plugin-scaling-common';
import { CHECKED_KINDS, MOST_OBJECTS } from './kinds';

/** Objects of a namespace, and what could not be read of it. */
export interface LiveObjects {
  objects: ManifestObject[];
  unknownKinds: string[];
  unknown: Said[];
}

type OfKind =
  | { kind: string; objects: ManifestObject[]; isPart: boolean }
  | { kind: string; failure: string };

/**
 * Lists what rules look at, one list a kind: as many requests for one object as for
 * a thousand.
 */
export async function readLive(
  access: KubernetesAccess,
  { cluster, namespace }: { cluster: string; namespace: string },
  signal: AbortSignal,
): Promise<LiveObjects> {
  const reader = KubernetesReader.of(access, cluster);
  if (!reader) {
    return {
      objects: [],
      unknownKinds: CHECKED_KINDS.map(({ kind }) => kind),
      unknown: [sayManifest('clusterUnread', { cluster })],
    };
  }
  const read = await Promise.all(
    CHECKED_KINDS.map(resource =>
      listKind(reader, resource, namespace, signal),
    ),
  );
  const failed = read.flatMap(each => ('failure' in each ? [each] : []));
  const partly = read.flatMap(each =>
    'objects' in each && each.isPart ? [each.kind] : [],
  );
  const failures = [...new Set(failed.map(({ failure }) => failure))].sort();
  return {
    objects: read.flatMap(each => ('objects' in each ? each.objects : [])),
    unknownKinds: [...failed.map(({ kind }) => kind), ...partly],
    unknown: [
      ...failures.map(failure =>
        sayManifest('kindsUnread', {
          cluster,
          namespace,
          failure,
          kinds: failed
            .filter(each => each.failure === failure)
            .map(({ kind }) => kind)
            .join(', '),
        }),
      ),
      ...(partly.length > 0
        ? [
            sayManifest('tooManyObjects', {
              cluster,
              namespace,
              kinds: partly.join(', '),
            }),
          ]
        : []),
    ],
  };
}

async function listKind(
  reader: KubernetesReader,
  resource: KubernetesResource,
  namespace: string,
  signal: AbortSignal,
): Promise<OfKind> {
  const { group, version, kind } = resource;
  const objects: ManifestObject[] = [];
  try {
    for await (const page of reader.list<KubernetesJson>(resource, {
      namespace,
      signal,
    })) {
      for (const item of page) {
        if (objects.length === MOST_OBJECTS) {
          return { kind, objects, isPart: true };
        }
        objects.push({
          // Items of a list don't say what they are.
          object: {
            ...item,
            apiVersion: group ? `${group}/${version}` : version,
            kind,
          },
          isLive: true,
        });
      }
    }
    return { kind, objects, isPart: false };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof KubernetesApiError)) {
      throw error;
    }
    // A kind that is not installed has no objects.
    return error.failure === 'NotServed'
      ? { kind, objects: [], isPart: false }
      : { kind, failure: error.failure };
  }
}
