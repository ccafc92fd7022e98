import { FixedHeap } from '@headroom/common';
import { Container } from '../objects';
import { jvmHeap } from './jvm';
import {
  dotnetHeap,
  memcachedHeap,
  nodeHeap,
  postgresHeap,
  redisHeap,
} from './runtimes';

/** What a setting shows comes before what an image suggests. */
const RUNTIMES = [
  nodeHeap,
  dotnetHeap,
  redisHeap,
  postgresHeap,
  memcachedHeap,
  jvmHeap,
];

/**
 * The runtime of a container whose memory follows what it was told, as far as
 * its spec shows it. Of variables and arguments, only the option that says so
 * is kept.
 *
 * @internal
 */
export function fixedHeapOf(container: Container): FixedHeap | undefined {
  for (const read of RUNTIMES) {
    const heap = read(container);
    if (heap) {
      return heap;
    }
  }
  return undefined;
}
