import { ProblemLog } from '@headroom/common';
import { wordAllocation } from '../problems';
import { Claim, NodeResource } from './claims';
import { Machine } from './machines';
import { SharedResource } from './shareResource';

/** Usage may be this much above capacity before it counts as a contradiction. */
const TOLERANCE = 0.01;
/** Less than this is how doubles add up. */
const DUST = 1e-9;
/** A sample or two at either end. */
const RUN_TOLERANCE_SECONDS = 60;

/** Says when more of a resource is held or used than the node has. */
export function reportImbalance(
  { name, upSeconds }: Machine,
  resource: NodeResource,
  { chargedRatio, usageRatio }: SharedResource,
  problems: ProblemLog,
): void {
  if (upSeconds === 0) {
    return; // containers on it are reported as running longer than the node
  }
  const percent = (ratio: number) => `${Math.round(ratio * 1000) / 10} %`;
  if (chargedRatio === Infinity) {
    problems.add(
      'error',
      'resource-without-capacity',
      `${name} ${resource}`,
      () => wordAllocation('resourceWithoutCapacity', { node: name, resource }),
    );
  } else if (resource === 'gpu' && chargedRatio > 1 + TOLERANCE) {
    problems.add('error', 'gpu-over-allocated', name, () =>
      wordAllocation('gpuOverAllocated', {
        node: name,
        share: percent(chargedRatio),
      }),
    );
  } else if (resource !== 'gpu' && usageRatio > 1 + TOLERANCE) {
    problems.add('warning', 'usage-above-capacity', `${name} ${resource}`, () =>
      wordAllocation('usageAboveCapacity', {
        node: name,
        share: percent(usageRatio),
        resource,
      }),
    );
  } else if (resource !== 'gpu' && chargedRatio > 1 + DUST) {
    problems.add('info', 'overcommitted', `${name} ${resource}`, () =>
      wordAllocation('overcommitted', {
        node: name,
        share: percent(chargedRatio),
        resource,
      }),
    );
  }
}

/** Says when GPUs are busier than they are reserved. */
export function reportBusyGpus(
  { name }: Machine,
  resource: NodeResource,
  claims: readonly Claim[],
  problems: ProblemLog,
): void {
  if (resource !== 'gpu') {
    return;
  }
  for (const { usage, charged } of claims) {
    if (usage !== undefined && usage > charged * (1 + TOLERANCE)) {
      problems.add('warning', 'gpu-busy-above-reserved', name, count =>
        wordAllocation('gpuBusyAboveReserved', { count, node: name }),
      );
    }
  }
}

/** Says when containers ran before or after their node. */
export function reportRunTimes(machine: Machine, problems: ProblemLog): void {
  const { name, upSeconds, containers } = machine;
  for (const { runSeconds } of containers) {
    if (runSeconds > upSeconds + RUN_TOLERANCE_SECONDS) {
      problems.add('warning', 'ran-longer-than-node', name, count =>
        wordAllocation('ranLongerThanNode', {
          count,
          seconds: upSeconds,
          node: name,
        }),
      );
    }
  }
}
