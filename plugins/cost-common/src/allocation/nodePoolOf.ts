import { NodeHour } from '../observations/observations';

/** Pool of a node; of one without a pool its kind. */
export function nodePoolOf(node: NodeHour): string {
  return node.nodePool ?? node.instanceType ?? 'default';
}
