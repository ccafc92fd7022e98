import { UsageDigest } from '../digests';
import { adviseContainer } from './adviseContainer';
import { AdviceEvidence, ContainerAdvice } from './types';

/**
 * The advice again, from its stored evidence and the digests of its window: the
 * identical one, or something has changed. The evidence may come out of JSON.
 *
 * @public
 */
export function recomputeAdvice(
  evidence: AdviceEvidence,
  digests: readonly UsageDigest[],
): ContainerAdvice {
  const { noise, ...policy } = evidence.policy;
  return adviseContainer({
    cluster: evidence.cluster,
    workload: evidence.workload,
    container: evidence.container,
    window: evidence.window,
    digests,
    spec: evidence.specUnknown ? undefined : evidence.spec,
    facts: evidence.facts,
    steering: evidence.steering ?? undefined,
    limits: evidence.limits,
    node: evidence.node,
    others: evidence.others,
    appetite: evidence.appetite,
    policy: {
      ...policy,
      noise: {
        ratio: noise.ratio,
        microsPerMonth: BigInt(noise.microsPerMonth),
      },
    },
    prices: evidence.prices,
    previous: evidence.previous,
  });
}
