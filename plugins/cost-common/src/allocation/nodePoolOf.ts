import { NodeHour } from '../observations/observations';
import { podPlatformOf } from '../podBilling/podPlatforms';

/** Pool of a node; of one without a pool its kind. */
export function nodePoolOf(node: NodeHour): string {
  return node.nodePool ?? node.instanceType ?? podPlatformOf(node) ?? 'default';
}
