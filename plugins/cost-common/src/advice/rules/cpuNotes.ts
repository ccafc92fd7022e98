import { coresText } from '../output/quantities';
import { AdviceReason } from '../types';
import { AdviceContext, currentOf, keepsGuaranteed } from './context';
import { Draft } from './draft';
import { isThrottled } from './needCpu';
import { endsByItself } from './readiness';

/** A start that needs this many times the request is worth a word. */
const STARTUP_FACTOR = 2;

/** What is said of the limit, the pod's class and starts beside a CPU setting. */
export function sayCpu(draft: Draft, context: AdviceContext): void {
  const { setting } = draft;
  if (!setting) {
    return;
  }
  const say = (code: AdviceReason['code'], message: string) =>
    draft.notes.push({ code, resource: 'cpu', message });
  if (isThrottled(context)) {
    const percent = Math.round((context.summary.throttledShare ?? 0) * 100);
    draft.urgent = true;
    say(
      'throttled',
      `Throttled in up to ${percent} % of an hour's periods: usage is cut off at the limit, so nothing is lowered.`,
    );
  }
  sayClass(setting, context, say);
  const { limit } = draft.current ?? currentOf('cpu', context);
  if (limit !== undefined && setting.limit === null) {
    say(
      'limit-removed',
      `The limit of ${coresText(
        limit,
      )} is left off: a CPU limit throttles while the node has cores to spare.`,
    );
  }
  const startup = context.summary.startup?.cpuCores ?? 0;
  if (
    !endsByItself(context.input) &&
    startup > STARTUP_FACTOR * setting.request
  ) {
    const room =
      setting.limit === null
        ? 'no limit stands in its way'
        : 'the limit leaves room for it';
    say(
      'startup-peak',
      `A start takes ${coresText(
        startup,
      )}, more than the request; ${room}. Where nodes are full, a VPA's start-up boost reserves it while it lasts.`,
    );
  }
}

function sayClass(
  { request, limit }: NonNullable<Draft['setting']>,
  context: AdviceContext,
  say: (code: AdviceReason['code'], message: string) => void,
): void {
  const { podClass, input } = context;
  const { cpuLimit } = input.policy;
  if (podClass.guaranteed === false) {
    return;
  }
  if (keepsGuaranteed(context)) {
    if (cpuLimit === 'none' || cpuLimit.timesRequest !== 1) {
      say(
        'guaranteed-kept',
        `${
          podClass.guaranteed === 'maybe'
            ? 'The pod may be of class Guaranteed (its other containers are not known)'
            : 'The pod is of class Guaranteed'
        }, which takes a limit equal to the request in every container: so the CPU limit is the request, whatever headroom.cost.advice.cpuLimit says.`,
      );
    }
  } else if (limit !== request) {
    const cores = podClass.exclusiveCores
      ? ' and loses the whole cores that the static CPU manager gives it alone'
      : '';
    say(
      'guaranteed-lost',
      `Without a CPU limit equal to the request the pod is no longer of class Guaranteed: it is evicted before pods that are${cores}. headroom.cost.advice.keepGuaranteed: true would keep it.`,
    );
  }
}
