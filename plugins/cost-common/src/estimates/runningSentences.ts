import { createWorder } from '@headroom/common';

/**
 * What is said of what a service runs at this moment: what of it can't be priced,
 * and what the figure leaves out.
 *
 * @public
 */
export const RUNNING_SENTENCES = {
  clusterNotRead:
    'What {{cluster}} runs could not be read lately, so what the service costs there now is not known. The page Sources says why.',
  noCpu:
    '{{containers}} of {{workload}} requests no CPU: what it uses is charged, and is known with its first measured hour.',
  noMemory:
    '{{containers}} of {{workload}} requests no memory: what it uses is charged, and is known with its first measured hour.',
  onePodPerNode:
    '{{workload}} runs one pod on every node that it may run on. How many those are is known with its first measured hour.',
  byItsOwner:
    '{{workload}} has pods only while it has work. How many run now is known with their first measured hour.',
  gpuPart:
    'How much of a GPU one {{resource}} of {{workload}} is in {{cluster}} is known with its first measured hour.',
  gpuSeveral:
    '{{workload}} asks for GPUs under several names ({{resources}}). What they cost together is known with its first measured hour.',
  waiting_one:
    '{{count}} pod of {{workload}} waits for a node, or was evicted from one. The figure counts every replica that is wanted.',
  waiting_other:
    '{{count}} pods of {{workload}} wait for a node, or were evicted from one. The figure counts every replica that is wanted.',
  leavesOut:
    'The figure is what the pods that run now request, at what the capacity of their cluster costs. Use beyond requests, network traffic, and the capacity that nobody holds come on top.',
} as const;

/** @public */
export const wordRunning = createWorder('running', RUNNING_SENTENCES);
