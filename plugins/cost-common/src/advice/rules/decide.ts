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
  },
): ResourceAdvice {
  const { resource, setting, rule, notes } = draft;
  const base = {
    current: withoutAbsent(current),
    ...(rule && { rule }),
    ...(options.usage && { usage: options.usage }),
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
          reasons: [said('already-right', 'What is set is right.'), ...notes],
        };
  }
  if (!draft.urgent && isNoise(draft, current, options)) {
    const message = `The change is below ${Math.round(
      options.noise.ratio * 100,
    )} % and too little money to be worth a restart.`;
    return {
      ...base,
      status: 'keep',
      reasons: [said('below-noise', message), ...aboutUsage(notes)],
    };
  }
  const unset =
    current.request === undefined
      ? [
          said(
            'no-request-set',
            'No request is set: the scheduler takes it for nothing.',
          ),
        ]
      : [];
  return {
    ...base,
    status: 'change',
    proposed: setting,
    reasons: [...notes, ...unset],
  };

  function said(code: AdviceReason['code'], message: string): AdviceReason {
    return { code, resource, message };
  }
}

/** What speaks of a change that isn't made is left out. */
function aboutUsage(notes: AdviceReason[]): AdviceReason[] {
  return notes.filter(
    ({ code }) => code !== 'hpa-moved' && code !== 'limit-removed',
  );
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
