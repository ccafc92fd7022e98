import { wordList } from '@headroom/common';
import { wordGpuLayout } from './messages';
import { Amounts } from './amounts';
import type { GpuLayoutProblem, GpuNodeLayout, GpuResource } from './gpuLayout';
import { nameOf, NodeFacts } from './nodeFacts';

/**
 * Boards of which pods ask for amounts of cores and memory: a unit is its part of a
 * board. What a vendor's own name counts beside them are the same boards.
 */
export function amountLayout(
  facts: NodeFacts,
  { boards, amounts }: Amounts,
): GpuNodeLayout {
  const counted =
    boards ??
    amounts.flatMap(({ units, perBoard }) =>
      perBoard ? units / perBoard : [],
    )[0] ??
    facts.count ??
    facts.type?.boards ??
    facts.seenBoards ??
    (facts.units || undefined);
  const devices = Math.max(1, Math.round(counted ?? 1));
  const parts = amounts.map(
    ({ resource, units, perBoard }): [string, GpuResource] => [
      resource,
      {
        units,
        share: perBoard ? 1 / perBoard : devices / units,
        sharing: 'fraction',
      },
    ],
  );
  const whole = facts.gpus.map(([resource, units]): [string, GpuResource] => {
    const share = Math.min(1, devices / facts.units);
    return [
      resource,
      share < 1
        ? { units, share, sharing: 'time-slicing', replicas: 1 / share }
        : { units, share, sharing: 'whole' },
    ];
  });
  return {
    ...nameOf(facts),
    devices,
    resources: Object.fromEntries([...parts, ...whole]),
    strandedDevices: 0,
    problems: counted === undefined ? [boardsUnknown(amounts)] : [],
  };
}

function boardsUnknown(amounts: Amounts['amounts']): GpuLayoutProblem {
  const parts = wordList(
    amounts.map(({ resource, units }) =>
      wordGpuLayout('unitsOf', { resource, units }),
    ),
    'and',
  );
  return {
    code: 'gpu-count-missing',
    ...wordGpuLayout('boardsUnknown', { parts }),
  };
}
