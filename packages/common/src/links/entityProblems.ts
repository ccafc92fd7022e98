import { SourceProblem } from '../problems';
import { Worded } from '../wording';
import { ClaimPolicy, CompiledPolicy, compilePolicy } from './claimPolicy';
import { LinkableEntity } from './linkableEntity';
import { wordLinks } from './linkSentences';
import { readClaimSelector } from './readClaimSelector';

/**
 * Why an entity's annotations link nothing, whatever runs: its selector can't
 * be read or is refused, or the policy doesn't count annotations from where it
 * is registered.
 *
 * @public
 */
export function entityProblems(
  entity: LinkableEntity,
  policy: ClaimPolicy,
): SourceProblem[] {
  return problemsOf(entity, compilePolicy(policy));
}

/** @internal */
export function problemsOf(
  entity: LinkableEntity,
  policy: CompiledPolicy,
): SourceProblem[] {
  const { entityRef, kubernetesId, labelSelector, location } = entity;
  const problem = (code: string, said: Worded): SourceProblem[] => [
    { code, severity: 'warning', subject: entityRef, ...said },
  ];
  if (!kubernetesId && labelSelector === undefined) {
    return [];
  }
  if (!policy.trusts(entity)) {
    return problem(
      'link-location-untrusted',
      location === undefined
        ? wordLinks('locationUnknown', { entity: entityRef })
        : wordLinks('locationUntrusted', { entity: entityRef, location }),
    );
  }
  const { refusal } = readClaimSelector(labelSelector);
  return refusal
    ? problem(
        'link-selector-invalid',
        wordLinks('selectorIgnored', { entity: entityRef, refusal }),
      )
    : [];
}
