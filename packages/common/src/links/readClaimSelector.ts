import { LabelRequirement, parseLabelSelector } from '../labels/labelSelector';
import { Worded } from '../wording';
import { wordLinks } from './linkSentences';
import { messageOf } from './problems';

/** What tools put on the pods of everybody: it says nothing about whose a pod is. */
const ON_EVERYBODYS_PODS = new Set([
  'app.kubernetes.io/managed-by',
  'heritage',
]);

/**
 * A selector by which an entity claims workloads. One that says only what pods
 * must not have, that a label is there whatever its value (`app`), or what
 * everybody's pods have, would claim what others run: it is refused.
 *
 * @returns the requirements, or why there are none; neither when there is no selector
 * @internal
 */
export function readClaimSelector(selector: string | undefined): {
  requirements?: LabelRequirement[];
  refusal?: string | Worded;
} {
  if (selector === undefined) {
    return {};
  }
  let requirements: LabelRequirement[];
  try {
    requirements = parseLabelSelector(selector);
  } catch (error) {
    return { refusal: messageOf(error) };
  }
  if (requirements.length === 0) {
    return { refusal: wordLinks('selectorEmpty') };
  }
  return requirements.some(isItsOwn)
    ? { requirements }
    : {
        refusal: wordLinks('selectorOfOthers', {
          selector,
          example: 'app=web',
        }),
      };
}

function isItsOwn({ key, operator }: LabelRequirement): boolean {
  return operator === 'in' && !ON_EVERYBODYS_PODS.has(key);
}
