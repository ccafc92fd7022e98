import { CheckFinding } from '@headroom/common';
import { NodeAsset } from '../answer/readNodeAssets';
import { namesText } from '../checks/text';

/** Whether nodes have a cost and say what they are. */
export function checkNodeAssets(nodes: NodeAsset[]): CheckFinding[] {
  if (nodes.length === 0) {
    return [
      {
        id: 'nodes',
        severity: 'missing',
        sentence: 'It knows of no nodes.',
        effect: 'What nodes cost is not known, and idle can’t be checked.',
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
          sentence: `All ${nodes.length} node(s) have a cost.`,
        }
      : {
          id: 'node-prices',
          severity: 'wrong',
          sentence: `${free.length} of ${
            nodes.length
          } node(s) cost nothing: ${namesText(free.map(({ name }) => name))}.`,
          effect: 'Whatever runs there costs nothing, and neither does idle.',
          mend: {
            where:
              'Values of OpenCost, where it finds no price list of a cloud',
            line: 'opencost: { customPricing: { enabled: true, costModel: { CPU: 0.031611, RAM: 0.004237 } } }',
          },
        },
    ...(nameless.length > 0
      ? [
          {
            id: 'node-types',
            severity: 'note' as const,
            sentence: `${nameless.length} of ${nodes.length} node(s) don't say their instance type.`,
            effect: 'Money is right; tables of nodes call them default.',
          },
        ]
      : []),
  ];
}
