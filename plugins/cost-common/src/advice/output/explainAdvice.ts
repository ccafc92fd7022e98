import { Said, Worded, wordInTurn } from '@headroom/common';
import { wordAmount } from '../messages/amounts';
import { wordExplanation } from '../messages/explanation';
import { AdvisedResource, ContainerAdvice, ResourceAdvice } from '../types';
import { wordRule } from './wordRule';

/**
 * What advice on each resource comes to, in a few whole sentences with the
 * numbers filled in: what to set, and from what it follows; or why nothing is
 * advised.
 *
 * @public
 */
export function explainAdvice(
  advice: ContainerAdvice,
): Record<AdvisedResource, Said> {
  return {
    cpu: explain('cpu', advice),
    memory: explain('memory', advice),
  };
}

function explain(resource: AdvisedResource, advice: ContainerAdvice): Said {
  const part = advice[resource];
  const why = whySentences(resource, advice);
  if (part.proposed) {
    return inTurn([
      settingSentence(resource, part, part.proposed),
      ...podSentences(resource, part),
      ...why,
    ]);
  }
  if (part.status === 'keep') {
    const { request, limit } = part.current;
    const now = wordAmount(resource, request ?? limit ?? 0);
    const tooClose = part.reasons.some(({ code }) => code === 'below-noise');
    return inTurn([
      wordExplanation('keep', { now }),
      ...(tooClose ? [wordExplanation('tooClose')] : why),
    ]);
  }
  const [reason] = part.reasons;
  const held = part.held
    ? [
        wordExplanation('wouldBe', {
          request: wordAmount(resource, part.held.request),
        }),
        ...why,
      ]
    : [];
  return inTurn([
    wordExplanation('nothing'),
    ...(reason ? [reason] : []),
    ...held,
  ]);
}

/** Sentences in turn; as text alone where one of them has only that, as stored by earlier versions. */
function inTurn([first, ...others]: [Said, ...Said[]]): Said {
  const all = [first, ...others];
  return all.every(isWorded)
    ? wordInTurn(all[0], ...all.slice(1))
    : { message: all.map(({ message }) => message).join(' ') };
}

function isWorded(said: Said): said is Worded {
  return said.wording !== undefined;
}

function settingSentence(
  resource: AdvisedResource,
  { current }: ResourceAdvice,
  proposed: NonNullable<ResourceAdvice['proposed']>,
): Worded {
  const request = wordAmount(resource, proposed.request);
  const limit =
    proposed.limit === null ? undefined : wordAmount(resource, proposed.limit);
  // A limit without a request is the request too.
  const set = current.request ?? current.limit;
  if (set === undefined) {
    return limit === undefined
      ? wordExplanation('firstRequest', { request })
      : wordExplanation('firstRequestAndLimit', { request, limit });
  }
  const now = wordAmount(resource, set);
  if (proposed.request === current.request) {
    return limit === undefined
      ? wordExplanation('noLimit', { now })
      : wordExplanation('limit', { now, limit });
  }
  return limit === undefined
    ? wordExplanation('request', { request, now })
    : wordExplanation('requestAndLimit', { request, now, limit });
}

/** Where the request is the pod's, what to set is the pod's. */
function podSentences(
  resource: AdvisedResource,
  { pod }: ResourceAdvice,
): Worded[] {
  return pod?.proposed
    ? [
        wordExplanation('partOfPod', {
          request: wordAmount(resource, pod.proposed.request),
          now: wordAmount(resource, pod.current.request ?? 0),
        }),
      ]
    : [];
}

function whySentences(
  resource: AdvisedResource,
  advice: ContainerAdvice,
): Worded[] {
  const { rule } = advice[resource];
  const { evidence } = advice;
  if (!rule) {
    return [];
  }
  const isBest = rule.kind === 'daily-quantile' && !rule.held;
  return [
    wordRule(resource, rule, evidence),
    ...(isBest
      ? [wordExplanation('bestRule', { appetite: evidence.appetite.value })]
      : []),
  ];
}
