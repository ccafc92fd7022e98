import { wordCores } from '../messages/amounts';
import { wordOutcome } from '../messages/outcome';
import { wordPod } from '../messages/pods';
import { wordUsage } from '../messages/usage';
import { wordVeto } from '../messages/vetoes';
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
  if (isThrottled(context)) {
    draft.urgent = true;
    draft.notes.push({
      code: 'throttled',
      resource: 'cpu',
      ...wordVeto('throttled', {
        percent: Math.round((context.summary.throttledShare ?? 0) * 100),
      }),
    });
  }
  draft.notes.push(...classNotes(setting, context));
  const { limit } = draft.current ?? currentOf('cpu', context);
  if (limit !== undefined && setting.limit === null) {
    draft.notes.push({
      code: 'limit-removed',
      resource: 'cpu',
      ...wordOutcome('limitRemoved', { limit: wordCores(limit) }),
    });
  }
  const startup = context.summary.startup?.cpuCores ?? 0;
  if (
    !endsByItself(context.input) &&
    startup > STARTUP_FACTOR * setting.request
  ) {
    draft.notes.push({
      code: 'startup-peak',
      resource: 'cpu',
      ...wordUsage(
        setting.limit === null ? 'cpuStartUnlimited' : 'cpuStartWithinLimit',
        { cores: wordCores(startup) },
      ),
    });
  }
}

function classNotes(
  { request, limit }: NonNullable<Draft['setting']>,
  context: AdviceContext,
): AdviceReason[] {
  const { podClass, input } = context;
  const { cpuLimit } = input.policy;
  if (podClass.guaranteed === false) {
    return [];
  }
  if (keepsGuaranteed(context)) {
    return cpuLimit === 'none' || cpuLimit.timesRequest !== 1
      ? [
          {
            code: 'guaranteed-kept',
            resource: 'cpu',
            ...wordPod(
              podClass.guaranteed === 'maybe'
                ? 'maybeGuaranteedCpu'
                : 'guaranteedCpu',
            ),
          },
        ]
      : [];
  }
  return limit !== request
    ? [
        {
          code: 'guaranteed-lost',
          resource: 'cpu',
          ...wordPod(
            podClass.exclusiveCores
              ? 'guaranteedAndCoresLost'
              : 'guaranteedLost',
          ),
        },
      ]
    : [];
}
