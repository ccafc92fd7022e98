import { Worded } from '@headroom/common';
import { wordOutcome } from '../messages/outcome';
import { ResourceAdvice, AdvicePolicy, AdviceReason } from '../types';
import { CurrentSetting, Draft, lowers, requestOf, sameSetting } from './draft';

/**
 * Turns a draft into advice: withheld when something speaks against it, kept
 * when it is what is set now or differs too little, a change otherwise.
 *
 * @param saving - saved a month, micros; negative = it costs more
 */
export function decide(
  draft: Draft,
  current: CurrentSetting,
  options: {
    noise: AdvicePolicy['noise'];
    saving: bigint;
    usage: ResourceAdvice['usage'];
    /** LimitRanges and quotas were read. */
    limitsKnown: boolean;
  },
): ResourceAdvice {
  const { resource, setting, rule, notes, pod } = draft;
  const base = {
    current: withoutAbsent(current),
    ...(rule && { rule }),
    ...(options.usage && { usage: options.usage }),
    ...(pod && { pod: { current: pod.current } }),
  };
  const vetoes = [
    ...draft.vetoes,
    ...(setting && lowers(setting, current) ? draft.lowerVetoes : []),
  ];
  if (!setting || vetoes.length > 0) {
    const held = draft.unclamped ?? setting;
    return {
      ...base,
      status: 'withheld',
      ...(held && { held }),
      reasons: [...vetoes, ...notes],
    };
  }
  if (sameSetting(setting, current)) {
    return draft.unclamped
      ? { ...base, status: 'withheld', held: draft.unclamped, reasons: notes }
      : {
          ...base,
          status: 'keep',
          reasons: [
            said('already-right', wordOutcome('alreadyRight')),
            ...notes,
          ],
        };
  }
  if (!draft.urgent && !draft.together && isNoise(draft, current, options)) {
    const belowNoise = wordOutcome('belowNoise', {
      percent: Math.round(options.noise.ratio * 100),
    });
    return {
      ...base,
      status: 'keep',
      reasons: [said('below-noise', belowNoise), ...aboutUsage(notes)],
    };
  }
  // A limit without a request is the request too.
  const unset =
    current.request === undefined && current.limit === undefined
      ? [said('no-request-set', wordOutcome('noRequestSet'))]
      : [];
  const unread = options.limitsKnown
    ? []
    : [said('limits-unknown', wordOutcome('limitsUnread'))];
  return {
    ...base,
    ...(pod && { pod: { current: pod.current, proposed: pod.proposed } }),
    status: 'change',
    proposed: setting,
    reasons: [...notes, ...unset, ...unread],
  };

  function said(code: AdviceReason['code'], words: Worded): AdviceReason {
    return { code, resource, ...words };
  }
}

const OF_CHANGES: ReadonlySet<AdviceReason['code']> = new Set<
  AdviceReason['code']
>(['hpa-moved', 'limit-removed', 'guaranteed-lost', 'pod-together']);

/** What speaks of a change that isn't made is left out. */
function aboutUsage(notes: AdviceReason[]): AdviceReason[] {
  return notes.filter(({ code }) => !OF_CHANGES.has(code));
}

/** Small in percent, of request and limit, and small in money. */
function isNoise(
  { setting }: Draft,
  current: CurrentSetting,
  { noise, saving }: { noise: AdvicePolicy['noise']; saving: bigint },
): boolean {
  if (!setting || current.request === undefined) {
    return false;
  }
  const magnitude = saving < 0n ? -saving : saving;
  return (
    relativeChange(setting.request, requestOf(current)) < noise.ratio &&
    limitChange(setting.limit, current.limit) < noise.ratio &&
    magnitude < noise.microsPerMonth
  );
}

function limitChange(
  limit: number | null,
  current: number | undefined,
): number {
  if (limit === null || current === undefined) {
    return limit === null && current === undefined ? 0 : Infinity;
  }
  return relativeChange(limit, current);
}

function relativeChange(to: number, from: number): number {
  return from > 0 ? Math.abs(to - from) / from : Infinity;
}

function withoutAbsent({ request, limit }: CurrentSetting): CurrentSetting {
  return {
    ...(request !== undefined && { request }),
    ...(limit !== undefined && { limit }),
  };
}
