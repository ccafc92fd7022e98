import { createWorder } from '@headroom/common';

/** Why nothing was done to an object of Kubernetes, where the API server was not asked. @public */
export const ACTUATOR_SENTENCES = {
  noAccess:
    'Nothing says how to reach the Kubernetes API of cluster {{cluster}}.',
  noIdentity:
    'No identity that acts is configured for cluster {{cluster}}, so that nothing can be written there.',
  another: '{{object}} is another one of the same name by now.',
  noElement: 'What {{object}} was to have changed is not in its list any more.',
  noteUnreadable:
    'The annotation {{annotation}} of {{object}} can’t be read, so what it was before isn’t known; correct it or take it away.',
  awaits: '{{object}} waits until {{other}} has been changed first.',
  awaitsPods:
    '{{object}} waits until {{other}} has been changed first and all of its pods have come.',
  noResize:
    '{{object}} runs, and only what its containers request and may use can be changed of it.',
  resizeNotServed:
    'Cluster {{cluster}} does not resize pods in place: that needs Kubernetes 1.33 or newer. Apply the advice by a rollout instead.',
  notMoved: 'The version of {{object}} did not move when it was fenced off.',
} as const;

/** Says a sentence of {@link ACTUATOR_SENTENCES}. @public */
export const actuatorSays = createWorder('actuator', ACTUATOR_SENTENCES);
