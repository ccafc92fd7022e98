import { NotAllowedError } from '@backstage/errors';
import {
  ClusterVersions,
  KubernetesAccess,
} from '@headroom/plugin-clusters-node';
import {
  besideManifests,
  CheckedPlace,
  checkManifests,
  ManifestCheck,
  ManifestCheckRequest,
  ManifestContext,
  ManifestFinding,
  ManifestObject,
  ManifestPlace,
  ManifestReport,
  ManifestSubject,
  readManifests,
  ReadManifests,
  relatedManifests,
  sayManifest,
} from '@headroom/plugin-scaling-common';
import { Breather } from '../../core/Breather';
import { Fleet } from '../../core/fleet/Fleet';
import { Caller } from '../../core/ScalingScopes';
import { LinkedEntity, LinkStore } from '../../database/LinkStore';
import { Manifests } from '../rightsizing/Manifests';
import { readLive } from './readLive';
import { readVersion } from './readVersion';

/** Namespaces of a service that are read. */
const MOST_PLACES = 10;
/** Findings of a place that are given. */
const MOST_FINDINGS = 300;
/** Files named one by one that were not checked. */
const MOST_UNREAD = 20;
/** Characters of files that are read for one service. */
const MOST_CHARACTERS = 2 ** 21;

/** @internal */
export interface ManifestChecksOptions {
  fleet: Pick<Fleet, 'recent'>;
  kubernetes: KubernetesAccess;
  links: Pick<LinkStore, 'entity'>;
  manifests: Pick<Manifests, 'readAll'>;
  versions: ClusterVersions;
}

interface Running extends ManifestSubject {
  cluster: string;
}

/** Checks manifests of services, where they run and where they are written. */
export class ManifestChecks {
  readonly #options: ManifestChecksOptions;

  static create(options: ManifestChecksOptions): ManifestChecks {
    return new ManifestChecks(options);
  }

  private constructor(options: ManifestChecksOptions) {
    this.#options = options;
  }

  /** @throws NotAllowedError unless the caller may see what scales the service */
  async ofEntity(
    caller: Caller,
    entityRef: string,
    signal: AbortSignal,
  ): Promise<ManifestReport> {
    if (!caller.read.sees(entityRef)) {
      throw new NotAllowedError(
        `You need the permission scaling.read on ${entityRef} to see its manifests`,
      );
    }
    const { fleet, links } = this.#options;
    const view = await fleet.recent();
    const workloads: Running[] = [...view.targets()]
      .filter(target => target.entityRef === entityRef)
      .map(({ workload: { cluster, namespace, kind, name } }) => ({
        cluster,
        namespace: namespace ?? '',
        kind,
        name,
      }));
    const places = [
      ...new Map(
        workloads.map(({ cluster, namespace }) => [
          `${cluster}\n${namespace}`,
          { cluster, namespace },
        ]),
      ).values(),
    ].sort((a, b) =>
      `${a.cluster}\n${a.namespace}` < `${b.cluster}\n${b.namespace}` ? -1 : 1,
    );
    const checked: CheckedPlace[] = [];
    for (const place of places.slice(0, MOST_PLACES)) {
      checked.push(await this.#live(place, workloads, signal));
    }
    const entity = await links.entity(entityRef);
    const written = await this.#written(entity, workloads, places, signal);
    return {
      entityRef,
      places: [...checked, ...written.places],
      notes: [
        ...view.clusters
          .filter(({ snapshot }) => !snapshot)
          .map(({ config: { name: unseen } }) =>
            sayManifest('clusterUnseen', { cluster: unseen }),
          ),
        ...(places.length > MOST_PLACES
          ? [
              sayManifest('tooManyPlaces', {
                count: places.length,
                most: MOST_PLACES,
              }),
            ]
          : []),
        ...written.notes,
      ],
    };
  }

  /** Manifests that are nowhere yet. */
  async ofFiles({
    files,
    context,
  }: ManifestCheckRequest): Promise<ManifestCheck> {
    const { objects, unread, ...beside } = await readEach(files);
    const findings = checkManifests(objects, { ...context, ...beside });
    return {
      objects: objects.length,
      ...bounded(findings),
      unread: unread.map(({ file, line, said }) => ({
        file,
        ...(line !== undefined && { line }),
        said,
      })),
    };
  }

  async #live(
    place: { cluster: string; namespace: string },
    workloads: readonly Running[],
    signal: AbortSignal,
  ): Promise<CheckedPlace> {
    const { kubernetes, versions } = this.#options;
    const [version, { objects, unknownKinds, unknown }] = await Promise.all([
      readVersion(versions, place.cluster, signal),
      readLive(kubernetes, place, signal),
    ]);
    const mine = relatedManifests(
      objects,
      workloads.filter(({ cluster }) => cluster === place.cluster),
    );
    return checkedAt(
      { type: 'cluster', ...place },
      mine,
      {
        existing: besideManifests(objects, mine),
        unknownKinds,
        ...('known' in version && { kubernetesVersion: version.known }),
      },
      [...unknown, ...('said' in version ? [version.said] : [])],
    );
  }

  async #written(
    entity: LinkedEntity | undefined,
    workloads: readonly Running[],
    places: ReadonlyArray<{ cluster: string; namespace: string }>,
    signal: AbortSignal,
  ): Promise<Pick<ManifestReport, 'places' | 'notes'>> {
    const { manifests } = this.#options;
    const found = new Map<string, Awaited<ReturnType<Manifests['readAll']>>>();
    for (const at of places.length > 0
      ? places
      : [{ cluster: '', namespace: '' }]) {
      const read = await manifests.readAll(at, entity, signal);
      found.set('reason' in read ? read.reason.message : read.url, read);
    }
    const checked: CheckedPlace[] = [];
    const notes = [];
    for (const read of found.values()) {
      if ('reason' in read) {
        notes.push(read.reason);
        continue;
      }
      const names = workloads.map(({ name }) => name);
      const near = read.files.filter(({ text }) =>
        names.length === 0
          ? read.isOwn
          : names.some(name => text.includes(name)),
      );
      const { kept, isPart } = upTo(near, MOST_CHARACTERS);
      const { objects, unread, ...beside } = await readEach(kept);
      const mine =
        workloads.length === 0 ? objects : relatedManifests(objects, workloads);
      const named = unread.slice(0, MOST_UNREAD);
      checked.push(
        checkedAt(
          { type: 'repository', url: read.url },
          mine,
          { existing: objects, ...beside },
          [
            ...(isPart || read.isPart
              ? [sayManifest('filesPartly', { url: read.url })]
              : []),
            ...named.map(({ file, said }) =>
              sayManifest('fileUnread', { file, why: said }),
            ),
            ...(unread.length > named.length
              ? [
                  sayManifest('filesUnread', {
                    count: unread.length - named.length,
                  }),
                ]
              : []),
          ],
        ),
      );
    }
    return { places: checked, notes };
  }
}

function checkedAt(
  place: ManifestPlace,
  objects: readonly ManifestObject[],
  context: ManifestContext,
  unknown: CheckedPlace['unknown'],
): CheckedPlace {
  return {
    place,
    objects: objects.length,
    ...bounded(checkManifests(objects, context)),
    unknown,
  };
}

/** What is broken before what is a risk, where not all is given. */
function bounded(findings: readonly ManifestFinding[]) {
  const sorted =
    findings.length > MOST_FINDINGS
      ? [
          ...findings.filter(({ severity }) => severity === 'error'),
          ...findings.filter(({ severity }) => severity === 'warning'),
        ]
      : findings;
  return {
    findings: sorted.slice(0, MOST_FINDINGS),
    more: Math.max(0, findings.length - MOST_FINDINGS),
  };
}

/** One file at a time, as others of the process have their turn in between. */
async function readEach(
  files: ManifestCheckRequest['files'],
): Promise<ReadManifests> {
  const all = readManifests([]);
  const breather = Breather.create();
  for (const file of files) {
    const read = readManifests([file]);
    all.objects.push(...read.objects);
    all.workflows.push(...read.workflows);
    all.runnerValues.push(...read.runnerValues);
    all.kustomizations.push(...read.kustomizations);
    all.unread.push(...read.unread);
    await breather.breathe();
  }
  return all;
}

function upTo<T extends { text: string }>(files: readonly T[], most: number) {
  const kept: T[] = [];
  let characters = 0;
  for (const file of files) {
    characters += file.text.length;
    if (characters > most) {
      return { kept, isPart: true };
    }
    kept.push(file);
  }
  return { kept, isPart: false };
}
