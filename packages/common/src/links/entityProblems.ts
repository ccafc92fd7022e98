import { SourceProblem } from '../problems';
import { ClaimPolicy, CompiledPolicy, compilePolicy } from './claimPolicy';
import { LinkableEntity } from './linkableEntity';
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
  const problem = (code: string, message: string): SourceProblem[] => [
    { code, severity: 'warning', subject: entityRef, message },
  ];
  if (!kubernetesId && labelSelector === undefined) {
    return [];
  }
  if (!policy.trusts(entity)) {
    return problem(
      'link-location-untrusted',
      `The Kubernetes annotations of ${entityRef} don't count: it is registered at ${
        location ?? 'no location'
      }, which is none of headroom.cost.claims.trustedLocations`,
    );
  }
  const { refusal } = readClaimSelector(labelSelector);
  return refusal
    ? problem(
        'link-selector-invalid',
        `The label selector of ${entityRef} is ignored: ${refusal}`,
      )
    : [];
}
