import { parseQuantity, VolumeClaimFacts } from '@headroom/common';
import { boundLabels } from '../labels/boundLabels';
import { Controller, NodeTerm, PodSpec } from '../objects';
import { withoutUndefined } from './containerSpec';

/**
 * The labels of the nodes that pods ask for or would rather have, where just one
 * value will do: what is asked for beats what is preferred.
 *
 * @returns undefined where nothing is said.
 * @internal
 */
export function nodeLabelsOf({
  nodeSelector,
  affinity,
}: Partial<PodSpec> = {}): Record<string, string> | undefined {
  const {
    requiredDuringSchedulingIgnoredDuringExecution: required,
    preferredDuringSchedulingIgnoredDuringExecution: preferred,
  } = affinity?.nodeAffinity ?? {};
  const terms = required?.nodeSelectorTerms ?? [];
  const labels = boundLabels({
    ...Object.assign(
      {},
      ...(preferred ?? []).map(({ preference }) => labelsOfTerm(preference)),
    ),
    // Of several terms any one will do.
    ...(terms.length === 1 ? labelsOfTerm(terms[0]) : {}),
    ...nodeSelector,
  });
  return Object.keys(labels).length > 0 ? labels : undefined;
}

function labelsOfTerm(term: NodeTerm | undefined): Record<string, string> {
  return Object.fromEntries(
    (term?.matchExpressions ?? []).flatMap(({ key, operator, values = [] }) =>
      operator === 'In' && values.length === 1 ? [[key, values[0]]] : [],
    ),
  );
}

/**
 * The volumes that every pod of a StatefulSet claims.
 *
 * @returns undefined where it claims none.
 * @internal
 */
export function claimsOf({
  volumeClaimTemplates = [],
}: Controller['spec']): VolumeClaimFacts[] | undefined {
  const claims = volumeClaimTemplates.flatMap(({ spec }) => {
    const bytes = parseQuantity(spec?.resources?.requests?.storage);
    return bytes
      ? [withoutUndefined({ bytes, storageClass: spec?.storageClassName })]
      : [];
  });
  return claims.length > 0 ? claims : undefined;
}
