import { WordedFinding } from '@headroom/common';
import { wordOpenCostCheck as word } from '@headroom/plugin-cost-common';
import { NodeAsset } from '../answer/readNodeAssets';
import { namesOf } from '../reconcile/text';

/** Whether nodes have a cost and say what they are. */
export function checkNodeAssets(nodes: NodeAsset[]): WordedFinding[] {
  if (nodes.length === 0) {
    return [
      {
        id: 'nodes',
        severity: 'missing',
        sentence: word('nodesAbsent'),
        effect: word('nodesAbsentEffect'),
      },
    ];
  }
  const free = nodes.filter(
    ({ cost }) => cost.cpu + cost.memory + cost.gpu === 0n,
  );
  const nameless = nodes.filter(({ instanceType }) => !instanceType);
  return [
    free.length === 0
      ? {
          id: 'node-prices',
          severity: 'right',
          sentence: word('nodesPriced', { count: nodes.length }),
        }
      : {
          id: 'node-prices',
          severity: 'wrong',
          sentence: word('nodesFree', {
            count: free.length,
            all: nodes.length,
            nodes: namesOf(free.map(({ name }) => name)),
          }),
          effect: word('nodesFreeEffect'),
          mend: {
            where: word('nodesFreeWhere'),
            line: 'opencost: { customPricing: { enabled: true, costModel: { CPU: 0.031611, RAM: 0.004237 } } }',
          },
        },
    ...(nameless.length > 0
      ? [
          {
            id: 'node-types',
            severity: 'note' as const,
            sentence: word('nodesUntyped', {
              count: nameless.length,
              all: nodes.length,
            }),
            effect: word('nodesUntypedEffect'),
          },
        ]
      : []),
  ];
}
