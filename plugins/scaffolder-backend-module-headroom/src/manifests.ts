import {
  buildKustomization,
  checkManifests,
  findKustomizations,
  KubernetesJson,
  ManifestContext,
  ManifestFinding,
  ManifestObject,
  readManifests,
} from '@headroom/plugin-scaling-common';

export interface JudgedManifests {
  objects: readonly ManifestObject[];
  findings: ManifestFinding[];
  /** Files that are no manifests, with what is wrong. */
  unread: string[];
}

/** JSON with sorted keys: equal text = equal objects. */
function fingerprint(value: unknown): string {
  return JSON.stringify(value, (_key, each) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(
          Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : each,
  );
}

/**
 * Builds the kustomizations among files, where there are some, and judges the whole
 * set by our rules. An object that a kustomization leaves as it was written keeps its
 * file and its lines.
 */
export function judgeManifests(
  files: ReadonlyMap<string, string>,
  options: { kustomize: boolean; context?: ManifestContext },
): JudgedManifests {
  const read = readManifests(
    [...files].map(([path, text]) => ({ path, text })),
  );
  const folders = options.kustomize ? findKustomizations(files) : [];
  const context = {
    ...options.context,
    workflows: read.workflows,
    runnerValues: read.runnerValues,
  };
  const unread = read.unread.map(
    ({ file, line, said }) =>
      `${file}${line === undefined ? '' : `:${line}`}: ${said.message}`,
  );
  if (folders.length === 0) {
    const { objects } = read;
    return { objects, findings: checkManifests(objects, context), unread };
  }
  const written = new Map(
    read.objects.map(each => [fingerprint(each.object), each]),
  );
  // Two overlays of one base are two sets: each is judged for itself.
  const sets = folders.map(folder =>
    buildKustomization(files, folder).map(
      (object: KubernetesJson): ManifestObject =>
        written.get(fingerprint(object)) ?? { object },
    ),
  );
  const inSource = checkManifests(read.objects, context).filter(
    ({ rule, file }) => rule === 'M1' && file !== undefined,
  );
  const built = sets.flatMap(objects => checkManifests(objects, context));
  const seen = new Set<string>();
  return {
    objects: sets.flat(),
    findings: [...built, ...inSource].filter(finding => {
      const key = `${finding.rule} ${finding.file}:${
        finding.line
      } ${JSON.stringify(finding.object)} ${finding.said.message}`;
      return !seen.has(key) && seen.add(key);
    }),
    unread,
  };
}
