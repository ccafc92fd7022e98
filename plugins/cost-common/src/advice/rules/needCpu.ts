import { isThrottledDay } from '../days/throttled';
import { wordCores } from '../messages/amounts';
import { wordOutcome } from '../messages/outcome';
import { wordPod } from '../messages/pods';
import { wholeCores } from '../pod/guaranteed';
import { Room } from '../room/types';
import { chooseCpu, CpuChoice } from './chooseCpu';
import { AdviceContext, currentOf, keepsGuaranteed } from './context';
import { Draft, requestOf } from './draft';
import { fitRequest } from './fit';
import { notYet } from './readiness';
import { roundCpuUp } from './rounding';
import { lowerVetoesOn, vetoesOn } from './vetoes';

/** What a limit that cut usage off is raised by. */
const THROTTLED_RAISE = 1.5;
const STARTUP_MARGIN = 1.1;

/** What one container's CPU usage asks for, whatever scales or shares its pod. */
export interface CpuNeed {
  request: number;
  /** Least a limit may be, if there is one: what a start or the highest peak took, more where a limit cut it off. */
  leastLimit: number;
  choice: CpuChoice;
}

/**
 * The CPU a container should request by itself: what usage asks for, at least the
 * floor, in whole cores where they are its own, within what the namespace and
 * the nodes allow. Vetoes, rule and notes go into the draft.
 *
 * @returns undefined when no number can be said
 */
export function needCpu(
  context: AdviceContext,
  draft: Draft,
  room: Room,
): CpuNeed | undefined {
  const { input, used, summary } = context;
  draft.vetoes.push(...notYet('cpu', input, used, summary));
  if (draft.vetoes.length > 0) {
    return undefined;
  }
  draft.vetoes.push(...vetoesOn('cpu', context));
  draft.lowerVetoes.push(...lowerVetoesOn('cpu', context));
  const choice = chooseCpu(context, draft);
  if (!choice) {
    return undefined;
  }
  draft.rule = choice.rule;
  const leastLimit = leastLimitOf(choice, context);
  let request = atLeastTheFloor(roundCpuUp(choice.cores), context, draft);
  if (isThrottled(context)) {
    request = Math.max(request, requestOf(currentOf('cpu', context)));
  }
  if (keepsGuaranteed(context)) {
    // It is the limit too, so it must leave the room a limit leaves.
    request = Math.max(request, roundCpuUp(leastLimit));
    request = inWholeCores(request, context, draft);
  }
  if (room.ratio && room.limit) {
    request = Math.max(request, roundCpuUp(leastLimit / room.ratio.value));
  }
  const wholeOnes = keepsGuaranteed(context) && context.podClass.exclusiveCores;
  const fitted = fitRequest('cpu', request, room, { wholeCores: wholeOnes });
  if (wholeOnes && !Number.isInteger(fitted.request)) {
    sayCoresLost(draft, fitted.request);
  }
  draft.rule = fitted.rule ?? draft.rule;
  draft.notes.push(...fitted.notes);
  return { request: fitted.request, leastLimit, choice };
}

/** Whether usage was cut off at the limit in force. */
export function isThrottled(context: AdviceContext): boolean {
  return (
    currentOf('cpu', context).limit !== undefined &&
    isThrottledDay(context.summary)
  );
}

function leastLimitOf(choice: CpuChoice, context: AdviceContext): number {
  const startup = context.summary.startup?.cpuCores ?? 0;
  const throttledAt = isThrottled(context)
    ? currentOf('cpu', context).limit ?? 0
    : 0;
  return Math.max(
    startup * STARTUP_MARGIN,
    choice.peak,
    throttledAt * THROTTLED_RAISE,
  );
}

function atLeastTheFloor(
  wanted: number,
  { input }: AdviceContext,
  draft: Draft,
): number {
  const floor = input.policy.floors.cpuCores;
  if (wanted >= floor) {
    return wanted;
  }
  draft.rule = { kind: 'floor', floor };
  draft.notes.push({
    code: 'floor',
    resource: 'cpu',
    ...wordOutcome('floor', { floor: wordCores(floor) }),
  });
  return roundCpuUp(floor);
}

function sayCoresLost(draft: Draft, request: number): void {
  draft.notes = draft.notes.filter(({ code }) => code !== 'exclusive-cores');
  draft.notes.push({
    code: 'exclusive-cores',
    resource: 'cpu',
    ...wordPod('wholeCoresLost', { cores: wordCores(request) }),
  });
}

function inWholeCores(
  wanted: number,
  { podClass }: AdviceContext,
  draft: Draft,
): number {
  if (!podClass.exclusiveCores) {
    return wanted;
  }
  const whole = wholeCores(wanted);
  if (whole !== wanted) {
    draft.rule = { kind: 'whole-cores', needed: wanted };
  }
  draft.notes.push({
    code: 'exclusive-cores',
    resource: 'cpu',
    ...(whole === wanted
      ? wordPod('wholeCores', { cores: wordCores(whole) })
      : wordPod('wholeCoresRounded', {
          needed: wordCores(wanted),
          cores: wordCores(whole),
        })),
  });
  return whole;
}
