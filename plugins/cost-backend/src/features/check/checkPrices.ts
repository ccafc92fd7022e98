import { CheckFinding } from '@headroom/common';
import {
  createNodePricer,
  NodeHour,
  NodePrice,
  PriceBookPart,
  PriceOrigin,
} from '@headroom/plugin-cost-common';
import { CheckedNode } from '@headroom/plugin-cost-node';
import { PriceConfig } from '../../core/config/CostConfig';

/** Kinds that a line is written for. */
const MOST_LINES = 10;

interface Priced extends CheckedNode {
  price: NodePrice;
}

/**
 * Where the prices of nodes come from, and which have none.
 *
 * @param day - `YYYY-MM-DD`, whose rate of exchange holds
 */
export function checkPrices(
  nodes: CheckedNode[],
  prices: PriceConfig,
  source: PriceBookPart | undefined,
  day: string,
): CheckFinding[] {
  // What isn't said here may be known by the Kubernetes API, and is said of labels.
  const described = nodes.filter(
    ({ node }) => node.instanceType ?? node.podPlatform,
  );
  if (described.length === 0) {
    return [];
  }
  const priceNode = createNodePricer(
    { config: prices.config, source, builtIn: prices.builtInOn(day) },
    { discounts: prices.discounts },
  );
  const priced = described.map(each => ({
    ...each,
    price: priceNode(each.node),
  }));
  const of = (...kinds: PriceOrigin['kind'][]) =>
    priced.filter(({ price }) => kinds.includes(price.origin.kind));
  return [
    ...known(of('source', 'config', 'list')),
    ...assumed(of('default')),
    ...unpriced(of('unpriced')),
  ];
}

const WORDS: Record<'source' | 'config' | 'list', string> = {
  source: 'the source',
  config: 'headroom.prices',
  list: 'the built-in list',
};

function known(priced: Priced[]): CheckFinding[] {
  if (priced.length === 0) {
    return [];
  }
  const origins = (['config', 'source', 'list'] as const).flatMap(kind => {
    const count = countOf(
      priced.filter(({ price }) => price.origin.kind === kind),
    );
    return count > 0 ? [`${nodesText(count)} from ${WORDS[kind]}`] : [];
  });
  const spot = priced.filter(
    ({ price }) => price.caveat?.kind === 'representative-spot',
  );
  return [
    {
      id: 'prices',
      severity: 'right',
      sentence: `Prices are known: ${origins.join(', ')}.`,
    },
    ...(spot.length > 0
      ? [
          {
            id: 'prices-of-spot',
            severity: 'note' as const,
            sentence: `The price of ${nodesText(
              countOf(spot),
            )} on spot is a share that spot commonly is of on-demand.`,
            effect:
              'What is billed differs from hour to hour and place to place.',
            mend: linesFor(spot),
          },
        ]
      : []),
  ];
}

function assumed(priced: Priced[]): CheckFinding[] {
  return priced.length === 0
    ? []
    : [
        {
          id: 'prices-assumed',
          severity: 'missing',
          sentence: `No price is known of ${nodesText(
            countOf(priced),
          )}: ${kindsText(priced)}.`,
          effect:
            'They are priced as in another region, or by their cores and memory: shares of services are right, amounts are a guess.',
          mend: linesFor(priced),
        },
      ];
}

function unpriced(priced: Priced[]): CheckFinding[] {
  if (priced.length === 0) {
    return [];
  }
  const platforms = new Map(
    priced.map(({ price, node }) => [
      price.origin.podPlatform ?? node.podPlatform ?? 'virtual-kubelet',
      node,
    ]),
  );
  return [
    {
      id: 'prices-missing',
      severity: 'wrong',
      sentence: `Nobody knows what pods cost on ${nodesText(
        countOf(priced),
      )} that are no machines: ${kindsText(priced)}.`,
      effect: 'What runs there is in no figure.',
      mend: {
        where: 'headroom.prices',
        line: [
          'pods:',
          ...[...platforms].map(
            ([platform, { region }]) =>
              `  - { platform: ${platform}${
                region ? `, region: ${region}` : ''
              }, cpuCoreHour: '…', memoryGibHour: '…' }`,
          ),
        ].join('\n'),
      },
    },
  ];
}

function linesFor(priced: Priced[]): CheckFinding['mend'] {
  return {
    where: 'headroom.prices',
    line: [
      'nodes:',
      ...priced
        .slice(0, MOST_LINES)
        .map(
          ({ node }) =>
            `  - { ${[
              `instanceType: ${node.instanceType ?? '…'}`,
              node.region && `region: ${node.region}`,
              `capacityType: ${node.capacityType}`,
              node.operatingSystem && `os: ${node.operatingSystem}`,
              node.managedBy === 'eks-auto-mode' && 'autoMode: true',
              "hourlyPrice: '…'",
            ]
              .filter(Boolean)
              .join(', ')} }`,
        ),
    ].join('\n'),
  };
}

function kindsText(priced: Priced[]): string {
  const shown = priced
    .slice(0, 4)
    .map(({ node, count }) => `${count} × ${kindText(node)}`);
  const more = priced.length - shown.length;
  return [...shown, ...(more > 0 ? [`${more} more kinds`] : [])].join(', ');
}

function kindText({
  instanceType,
  region,
  capacityType,
  operatingSystem,
  managedBy,
}: NodeHour): string {
  return [
    instanceType ?? 'a node of unknown type',
    region && `in ${region}`,
    capacityType === 'spot' && 'on spot',
    operatingSystem === 'windows' && 'with Windows',
    managedBy === 'eks-auto-mode' && 'in EKS Auto Mode',
  ]
    .filter(Boolean)
    .join(' ');
}

function countOf(priced: Priced[]): number {
  return priced.reduce((sum, { count }) => sum + count, 0);
}

function nodesText(count: number): string {
  return count === 1 ? '1 node' : `${count} nodes`;
}
