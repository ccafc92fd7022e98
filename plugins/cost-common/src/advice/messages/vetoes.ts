import { createWorder } from '@headroom/common';

/** Why what was used is not what is needed, and why nobody could apply a number. */
export const VETO_SENTENCES = {
  barePod:
    'No controller would make this pod again. To change it, delete it and create it by hand.',
  restartLoop:
    'The container restarted {{restarts}} times on {{day}}, so what it used is not what it needs.',
  podsWait_one:
    '{{count}} pod waits to be scheduled or was evicted, so what is used is less than what is wanted.',
  podsWait_other:
    '{{count}} pods wait to be scheduled or were evicted, so what is used is less than what is wanted.',
  throttled:
    'In its worst hour the container was throttled in {{percent}} % of the periods. The limit cuts its usage off, so nothing is lowered.',
  killed_one:
    'The container was killed once for lack of memory, at a limit of {{limit}}. What it needed beyond that is not seen, so nothing is lowered while the kill is in the window.',
  killed_other:
    'The container was killed {{count}} times for lack of memory, at a limit of {{limit}}. What it needed beyond that is not seen, so nothing is lowered while a kill is in the window.',
  killedWithoutLimit_one:
    'The container was killed once for lack of memory, without a limit that is known: its node may have run out of it. Nothing is lowered while the kill is in the window.',
  killedWithoutLimit_other:
    'The container was killed {{count}} times for lack of memory, without a limit that is known: its node may have run out of it. Nothing is lowered while a kill is in the window.',
  fixedHeap:
    'Memory follows what {{runtime}} was told ({{evidence}}) and not what is needed: usage shows the most that the heap ever was. Set the heap first, and then the limit to the heap and all that lies beside it.',
  heapOfSize:
    'Memory follows what {{runtime}} was told ({{evidence}}) and not what is needed: usage shows the most that the heap ever was. The limit has to hold a heap of {{heap}} and what lies beside it, {{total}} or more, so lower the heap first.',
  heapOfLimit:
    'Memory follows what {{runtime}} was told ({{evidence}}) and not what is needed: usage shows the most that the heap ever was. The heap is {{percent}} % of the limit, so a lower limit makes it smaller; only what is alive after a garbage collection can justify that.',
  memoryVolumes:
    'Files in memory-backed volumes count as memory in use, and they are kept however little the process needs.',
} as const;

export const wordVeto = createWorder('adviceVetoes', VETO_SENTENCES);
