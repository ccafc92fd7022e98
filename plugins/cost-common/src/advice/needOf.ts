import { podLevelOf } from './pod/podLevel';
import { roomOf } from './room/roomOf';
import { AdviceContext, contextsOf, currentOf } from './rules/context';
import { Draft } from './rules/draft';
import { needCpu } from './rules/needCpu';
import { needMemory } from './rules/needMemory';
import {
  AdvisedResource,
  AdviceInput,
  ContainerNeed,
  ResourceNeed,
} from './types';

/**
 * What a container needs by itself: for the advice on the other containers of
 * its pod, as `others` of their {@link AdviceInput}. What is withheld has no
 * need that can be said, and stays as it is.
 *
 * @public
 */
export function needOf(input: AdviceInput): ContainerNeed {
  const { cpu, memory } = contextsOf(input);
  return {
    container: input.container,
    role: input.facts?.role ?? 'main',
    cpu: resourceNeed('cpu', cpu),
    memory: resourceNeed('memory', memory),
  };
}

/** Whether advice on containers of a pod depends on what the others need, see {@link needOf}. @public */
export function needsOthers(
  input: Pick<AdviceInput, 'facts' | 'steering'>,
): boolean {
  const { facts, steering = [] } = input;
  const several = facts?.otherContainers?.some(({ role }) => role !== 'init');
  const scaled = steering.some(
    object =>
      object.kind !== 'VerticalPodAutoscaler' &&
      object.metrics.some(
        ({ resource, container, targetUtilization }) =>
          resource === 'cpu' &&
          container === undefined &&
          targetUtilization !== undefined,
      ),
  );
  return Boolean(several && (scaled || facts?.podSpec));
}

function resourceNeed(
  resource: AdvisedResource,
  context: AdviceContext,
): ResourceNeed {
  const { input, summary } = context;
  const draft: Draft = { resource, vetoes: [], lowerVetoes: [], notes: [] };
  const current = currentOf(resource, context);
  const room = podLevelOf(resource, input)
    ? {}
    : roomOf(input, { resource, current, pods: summary.pods });
  const asked =
    resource === 'cpu'
      ? needCpu(context, draft, room)
      : needMemory(context, draft, room);
  if (!asked || draft.vetoes.length > 0) {
    return { current };
  }
  return {
    current,
    request: asked.request,
    leastLimit: 'leastLimit' in asked ? asked.leastLimit : asked.limit,
    ...(draft.lowerVetoes.length > 0 && { noLower: true as const }),
  };
}
