import { createWorder } from '@headroom/common';

/**
 * What a device did over a window, and why nothing is said where nothing can be.
 *
 * @public
 */
export const GPU_VERDICT_SENTENCES = {
  noOwnerLabels: 'In {{share}} of its hours no label says who held it',
  notHeld: 'Nobody held it in this window',
  profilingSilent:
    'In {{share}} of its readings profiling counters read 0 while utilisation or power said it was in use',
  stoodStill:
    'In {{share}} of its readings the reading stood still at 100 % while power was that of a board that computes nothing',
  impossible: '{{share}} of its readings were out of range',
  tooFewReadings:
    'Its use is known in {{share}} of the {{hours}} hours it was held; {{needed}} are needed',
  latched:
    'It reads 100 % all the time and holds {{held}}, where a process that computes holds at least {{least}}: the reading stands still',

  powerSaysBusy:
    'It reads as unused and draws {{power}}; one of its kind that computes nothing stays below {{level}} ({{source}})',
  powerSaysBusyPartly:
    'In {{share}} of its hours it reads as unused and draws {{power}}; one of its kind that computes nothing stays below {{level}} ({{source}})',
  powerSaysUnused:
    'It reads {{busy}} busy and draws {{power}}; one of its kind that waits and computes nothing draws {{level}} ({{source}})',
  powerSaysUnusedPartly:
    'In {{share}} of its hours it reads {{busy}} busy and draws {{power}}; one of its kind that waits and computes nothing draws {{level}} ({{source}})',

  memoryUnknown:
    'It computed in {{share}} of the {{hours}} hours it was held; whether it holds memory is not known',
  loaded:
    'It computed in {{share}} of the {{hours}} hours it was held and never held less than {{least}} of memory: something is loaded and waits',
  memoryFree:
    'It computed in {{share}} of the {{hours}} hours it was held and its memory was free',
  context:
    'It computed in {{share}} of the {{hours}} hours it was held and at its lowest held {{least}} of memory, as a context does that has loaded nothing',
  contexts:
    'It computed in {{share}} of the {{hours}} hours it was held and at its lowest held {{least}} of memory, as contexts do that have loaded nothing',
  thresholdGuessed:
    '{{verdict}}; that nothing is loaded below {{threshold}} is a guess for its kind of board',
  computes:
    'It was {{busy}} busy on average and computed in {{share}} of the {{hours}} hours it was held',
} as const;

export const wordGpuVerdict = createWorder('gpuVerdict', GPU_VERDICT_SENTENCES);
