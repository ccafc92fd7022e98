import { Worded, createWorder } from '@headroom/common';
import { Wish } from '../policies/Wish';

/**
 * What is wanted when, and why.
 *
 * @public
 */
export const WINDOW_SENTENCES = {
  dropped:
    'Nothing is left of the window {{window}} of {{date}}, as the clocks change in {{zone}}.',

  untouched: 'as its owner has it',
  atLeast_one: 'at least {{count}} replica',
  atLeast_other: 'at least {{count}} replicas',
  atMost_one: 'at most {{count}} replica',
  atMost_other: 'at most {{count}} replicas',
  between: '{{floor}} to {{ceiling}} replicas',
  fixed_one: '{{count}} replica',
  fixed_other: '{{count}} replicas',
  zero: 'down',

  killSwitch: 'The kill switch is on: nothing is changed.',
  overrideUp:
    '{{owner}} keeps it up until {{until}} ({{reason}}); it is wanted {{wish}}.',
  overrideDown:
    '{{owner}} keeps it down until {{until}} ({{reason}}); it is wanted {{wish}}.',
  excluded: 'It is excluded from the policy and stays as its owner has it.',
  excludedBecause:
    'It is excluded from the policy ({{reason}}) and stays as its owner has it.',
  inWindow: 'In {{windows}} it is wanted {{wish}}.',
  inException: 'On {{windows}} it is wanted {{wish}}.',
  inLead:
    '{{windows}} begins soon: it is wanted {{wish}} now, so that it is there in time.',
  inLeadOutside:
    'From {{at}} on more is wanted: it is wanted {{wish}} now, so that it is there in time.',
  outside: 'Outside of all windows it is wanted {{wish}}.',

  conflictFixed:
    '{{windows}} want different numbers of replicas; the highest, {{wish}}, is kept.',
  conflictFixedBounds:
    '{{windows}} overlap: a fixed number wins over bounds that it is outside of, so it is {{wish}}.',
  conflictZero:
    '{{windows}} overlap, and not all of them want it down; in doubt it keeps running: {{wish}}.',
  conflictBounds:
    '{{windows}} overlap: the highest floor is {{floor}} and the lowest ceiling is {{ceiling}}; the floor wins.',
} as const;

/** @internal */
export const sayWindow = createWorder('scalingWindows', WINDOW_SENTENCES);

/** A wish in words, as part of a sentence. @public */
export function wordWish(wish: Wish): Worded {
  switch (wish.type) {
    case 'bounds':
      if (wish.floor !== undefined && wish.ceiling !== undefined) {
        return wish.floor === wish.ceiling
          ? sayWindow('fixed', { count: wish.floor })
          : sayWindow('between', { floor: wish.floor, ceiling: wish.ceiling });
      }
      if (wish.ceiling !== undefined) {
        return sayWindow('atMost', { count: wish.ceiling });
      }
      return wish.floor === undefined
        ? sayWindow('untouched')
        : sayWindow('atLeast', { count: wish.floor });
    case 'fixed':
      return sayWindow('fixed', { count: wish.replicas });
    case 'zero':
      return sayWindow('zero');
    case 'untouched':
    default:
      return sayWindow('untouched');
  }
}
