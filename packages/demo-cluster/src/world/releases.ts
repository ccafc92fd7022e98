import { ContainerSpec, TemplateEdit, WorkloadSpec } from './types';

/** The tag of a release: the last number of the first one's, raised. */
function imageOf(image: string, revision: number): string {
  return image.replace(
    /^(.*[.])(\d+)$/,
    (_, head, last) => `${head}${Number(last) + revision}`,
  );
}

/** The last change from outside that a revision of the template has. */
export function editOf(
  spec: WorkloadSpec,
  revision: number,
): TemplateEdit | undefined {
  let edit = spec.edit;
  while (edit && edit.revision > revision) {
    edit = edit.previous;
  }
  return edit;
}

/** Labels that a workload gives its pods by the template of a revision. */
export function podLabelsOf(
  spec: WorkloadSpec,
  revision: number,
): Record<string, string> {
  return editOf(spec, revision)?.labels ?? spec.labels;
}

const known = new WeakMap<WorkloadSpec, ContainerSpec[][]>();

/** Containers of a workload as the template of a revision has them. */
export function containersOf(
  spec: WorkloadSpec,
  revision: number,
): ContainerSpec[] {
  if (revision === 0 || !(spec.newImages || spec.changes || spec.edit)) {
    return spec.containers;
  }
  const revisions = known.get(spec) ?? [];
  known.set(spec, revisions);
  revisions[revision] ??= build(spec, revision);
  return revisions[revision];
}

/** What was done from outside, and on top of it the releases and changes that came after. */
function build(spec: WorkloadSpec, revision: number): ContainerSpec[] {
  const edit = editOf(spec, revision);
  const release = revision - (edit?.count ?? 0);
  const done = edit ? edit.revision - edit.count : 0;
  return (edit?.containers ?? spec.containers).map((container, index) => ({
    ...container,
    ...(index === 0 &&
      Object.assign(
        {},
        ...(spec.changes ?? []).slice(done, release).map(change => change.spec),
      )),
    ...(spec.newImages && {
      image: imageOf(spec.containers[index].image, release),
    }),
  }));
}
