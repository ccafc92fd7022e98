import { Worded, WordedFinding, WordedMend, wordList } from '@headroom/common';
import {
  createNodePricer,
  NodeHour,
  NodePrice,
  PriceBookPart,
  PriceOrigin,
  wordClusterCheck as word,
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
): WordedFinding[] {
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

const ORIGINS = [
  ['config', 'fromConfig'],
  ['source', 'fromSource'],
  ['list', 'fromList'],
] as const;

function known(priced: Priced[]): WordedFinding[] {
  if (priced.length === 0) {
    return [];
  }
  const origins = ORIGINS.flatMap(([kind, sentence]) => {
    const ofKind = priced.filter(({ price }) => price.origin.kind === kind);
    return ofKind.length > 0
      ? [word(sentence, { nodes: wordNodes(ofKind) })]
      : [];
  });
  const spot = priced.filter(
    ({ price }) => price.caveat?.kind === 'representative-spot',
  );
  return [
    {
      id: 'prices',
      severity: 'right',
      sentence: word('prices', { origins: wordList(origins, 'comma') }),
    },
    ...(spot.length > 0
      ? [
          {
            id: 'prices-of-spot',
            severity: 'note' as const,
            sentence: word('pricesOfSpot', { nodes: wordNodes(spot) }),
            effect: word('pricesOfSpotEffect'),
            mend: linesFor(spot),
          },
        ]
      : []),
  ];
}

function assumed(priced: Priced[]): WordedFinding[] {
  return priced.length === 0
    ? []
    : [
        {
          id: 'prices-assumed',
          severity: 'missing',
          sentence: word('pricesAssumed', {
            nodes: wordNodes(priced),
            kinds: wordKinds(priced),
          }),
          effect: word('pricesAssumedEffect'),
          mend: linesFor(priced),
        },
      ];
}

function unpriced(priced: Priced[]): WordedFinding[] {
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
      sentence: word('pricesMissing', {
        nodes: wordNodes(priced),
        kinds: wordKinds(priced),
      }),
      effect: word('pricesMissingEffect'),
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

function linesFor(priced: Priced[]): WordedMend {
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

function wordKinds(priced: Priced[]): string | Worded {
  const shown = priced
    .slice(0, 4)
    .map(({ node, count }) =>
      word('ofKind', { amount: count, kind: wordKind(node) }),
    );
  const count = priced.length - shown.length;
  return wordList(
    [...shown, ...(count > 0 ? [word('moreKinds', { count })] : [])],
    'comma',
  );
}

/** `m5.large in eu-central-1 on spot`. */
function wordKind({
  instanceType,
  region,
  capacityType,
  operatingSystem,
  managedBy,
}: NodeHour): string | Worded {
  return [
    ...(region ? [word('inRegion', { region })] : []),
    ...(capacityType === 'spot' ? [word('onSpot')] : []),
    ...(operatingSystem === 'windows' ? [word('withWindows')] : []),
    ...(managedBy === 'eks-auto-mode' ? [word('inAutoMode')] : []),
  ].reduce<string | Worded>(
    (said, more) => word('kindAnd', { kind: said, more }),
    instanceType ?? word('unknownType'),
  );
}

function wordNodes(priced: Priced[]): Worded {
  return word('nodes', {
    count: priced.reduce((sum, { count }) => sum + count, 0),
  });
}
