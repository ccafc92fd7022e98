import { Json } from '@headroom/common';
import { at, isMap, mapAt, textAt } from './json';
import { ManifestObject } from './ManifestObject';
import {
  ManifestSet,
  ManifestWorkload,
  matchesSelector,
  nameOf,
  runsPods,
} from './ManifestSet';

/** A workload of a service. @public */
export interface ManifestSubject {
  kind: string;
  namespace: string;
  name: string;
}

/**
 * Which objects are about some workloads: those themselves, what scales or sizes
 * them, what selects their pods, and the account that they run as. What is for a
 * whole namespace is about none of them.
 *
 * @public
 */
export function relatedManifests(
  objects: readonly ManifestObject[],
  subjects: readonly ManifestSubject[],
): ManifestObject[] {
  const set = ManifestSet.of(objects, {});
  const isSubject = ({ kind, name, namespace }: ManifestWorkload) =>
    subjects.some(
      subject =>
        subject.kind === kind &&
        subject.name === name &&
        set.isNear(subject.namespace, namespace),
    );
  const workloads = set.workloads.filter(isSubject);
  const accounts = workloads.map(({ on, podPath }) =>
    textAt(on.object, ...podPath, 'serviceAccountName'),
  );
  const related = new Set<ManifestObject>(workloads.map(({ on }) => on));
  for (const on of set.all) {
    const namespace = set.namespaceOf(on);
    const near = workloads.filter(each =>
      set.isNear(each.namespace, namespace),
    );
    const target = targetOf(on);
    const isTarget = near.some(
      ({ kind, name }) =>
        textAt(target, 'name') === name &&
        (textAt(target, 'kind') ?? 'Deployment') === kind,
    );
    const selector = selectorOf(on);
    const selects =
      selector !== undefined &&
      near.some(({ labels }) => matchesSelector(selector, labels));
    const isAccount =
      textAt(on.object, 'kind') === 'ServiceAccount' &&
      near.length > 0 &&
      accounts.includes(nameOf(on));
    if (isTarget || selects || isAccount) {
      related.add(on);
    }
  }
  return objects.filter(each => related.has(each));
}

/**
 * What is beside the objects of a service and bears on them: what is for the whole
 * namespace, and neither workloads of others nor what is about those.
 *
 * @public
 */
export function besideManifests(
  objects: readonly ManifestObject[],
  related: readonly ManifestObject[],
): ManifestObject[] {
  const mine = new Set(related);
  return objects.filter(
    each =>
      mine.has(each) ||
      !(
        runsPods(each) ||
        targetOf(each) !== undefined ||
        selectorOf(each) !== undefined
      ),
  );
}

function targetOf({ object }: ManifestObject): Json | undefined {
  return (
    at(object, 'spec', 'scaleTargetRef') ?? at(object, 'spec', 'targetRef')
  );
}

/** The pods that an object selects by label; undefined for none and for all. */
function selectorOf({ object }: ManifestObject) {
  const kind = textAt(object, 'kind');
  const selectors: Readonly<Record<string, Json | undefined>> = {
    Service: { matchLabels: mapAt(object, 'spec', 'selector') },
    NetworkPolicy: at(object, 'spec', 'podSelector'),
    PodDisruptionBudget: at(object, 'spec', 'selector'),
  };
  const selector =
    kind !== undefined && Object.hasOwn(selectors, kind)
      ? selectors[kind]
      : undefined;
  const isEmpty =
    !isMap(selector) ||
    (Object.keys(mapAt(selector, 'matchLabels')).length === 0 &&
      at(selector, 'matchExpressions') === undefined);
  return isEmpty ? undefined : selector;
}
