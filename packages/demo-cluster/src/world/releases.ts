import { ContainerSpec, WorkloadSpec } from './types';

/** The tag of a release: the last number of the first one's, raised. */
function imageOf(image: string, revision: number): string {
  return image.replace(
    /^(.*[.])(\d+)$/,
    (_, head, last) => `${head}${Number(last) + revision}`,
  );
}

const known = new WeakMap<WorkloadSpec, ContainerSpec[][]>();

/** Containers of a workload as the template of a revision has them. */
export function containersOf(
  spec: WorkloadSpec,
  revision: number,
): ContainerSpec[] {
  if (revision === 0 || !(spec.newImages || spec.changes)) {
    return spec.containers;
  }
  const revisions = known.get(spec) ?? [];
  known.set(spec, revisions);
  revisions[revision] ??= spec.containers.map((container, index) => ({
    ...container,
    ...(index === 0 &&
      Object.assign(
        {},
        ...(spec.changes ?? []).slice(0, revision).map(change => change.spec),
      )),
    ...(spec.newImages && { image: imageOf(container.image, revision) }),
  }));
  return revisions[revision];
}
