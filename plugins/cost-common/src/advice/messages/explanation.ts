import { createWorder } from '@headroom/common';

/** What to set, in a sentence. */
export const EXPLANATION_SENTENCES = {
  request:
    'Set the request to {{request}} instead of {{now}}, without a limit.',
  requestAndLimit:
    'Set the request to {{request}} instead of {{now}}, and the limit to {{limit}}.',
  firstRequest:
    'Set a request of {{request}}, where there is none now, without a limit.',
  firstRequestAndLimit:
    'Set a request of {{request}}, where there is none now, and a limit of {{limit}}.',
  limit: 'Keep the request of {{now}}, and set the limit to {{limit}}.',
  noLimit: 'Keep the request of {{now}}, and leave the limit off.',
  partOfPod:
    'This is the part of this container in the request of the pod, which becomes {{request}} instead of {{now}}.',
  keep: 'Keep the request of {{now}}.',
  tooClose: 'What usage asks for is too close to that to be worth a change.',
  bestRule:
    'Of all rules that were tried, this one did best on the past of this container, at risk appetite {{appetite}}.',
  nothing: 'No change is advised.',
  wouldBe: 'But for that, the request would be {{request}}.',
} as const;

export const wordExplanation = createWorder(
  'adviceExplanation',
  EXPLANATION_SENTENCES,
);
