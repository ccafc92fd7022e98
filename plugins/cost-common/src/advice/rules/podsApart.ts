import { mergeHistograms, quantile } from '../../digests';
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
          message: `One node's pod uses more than ${ODD_NODE} times what the others do at most; ${
            resource === 'memory'
              ? 'the value covers it'
              : 'the value is a percentile over all nodes'
          }, a DaemonSet of its own would save the rest.`,
        }
      : undefined;
  }
  const typical = quantile(all, 0.5) ?? 0;
  return typical > 0 && worst.p50 > SKEW * typical
    ? {
        code: 'worst-pod',
        resource,
        message: `The value is for the pod that uses most, ${(
          worst.p50 / typical
        ).toFixed(1)} times what a pod typically uses.`,
      }
    : undefined;
}
