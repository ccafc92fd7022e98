import { mergeHistograms, quantile } from '../../digests';
import { wordUsage } from '../messages/usage';
import { AdvisedResource, AdviceReason } from '../types';
import { AdviceContext } from './context';

/** Worst pod's level over the others' p99 that makes a node odd. */
const ODD_NODE = 2;
/** Median of the pod that uses most over the median of all that is worth a word. */
const SKEW = 1.5;
const PODS_TO_COMPARE = 3;

/**
 * Whether one pod stands out. The pods of a DaemonSet differ by their nodes: one
 * node is odd when its pod's median is twice the p99 of all others, which are
 * the samples without the share of one pod at the top.
 */
export function podApart(
  resource: AdvisedResource,
  { input, used, summary }: AdviceContext,
): AdviceReason | undefined {
  const worst = summary.usage[resource];
  const { pods } = summary;
  if (!worst || pods < 2) {
    return undefined;
  }
  const all = mergeHistograms(
    used.days.map(({ digest }) =>
      resource === 'cpu' ? digest.cpuAll : digest.memoryAll,
    ),
  );
  if (input.workload.kind === 'DaemonSet') {
    const others = quantile(all, 0.99 * (1 - 1 / pods)) ?? 0;
    return pods >= PODS_TO_COMPARE && worst.p50 > ODD_NODE * others
      ? {
          code: 'odd-node',
          resource,
          ...wordUsage(resource === 'cpu' ? 'oddNodeCpu' : 'oddNodeMemory', {
            factor: ODD_NODE,
          }),
        }
      : undefined;
  }
  const typical = quantile(all, 0.5) ?? 0;
  return typical > 0 && worst.p50 > SKEW * typical
    ? {
        code: 'worst-pod',
        resource,
        ...wordUsage('worstPod', {
          factor: (worst.p50 / typical).toFixed(1),
        }),
      }
    : undefined;
}
