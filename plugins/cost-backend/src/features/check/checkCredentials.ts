import { ClusterConfig, EndpointConfig } from '@headroom/plugin-clusters-node';
import { Worded, WordedFinding, wordAll } from '@headroom/common';
import { wordClusterCheck as word } from '@headroom/plugin-cost-common';
import { AllocationSource, UsageSource } from '@headroom/plugin-cost-node';

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** How the source of a cluster is signed in to. No word of what is sent. */
export function checkCredentials(
  cluster: ClusterConfig,
  source: AllocationSource | UsageSource,
): WordedFinding[] {
  const endpoint = source.endpointOf?.(cluster);
  if (!endpoint) {
    return [];
  }
  const sent = sentWith(endpoint);
  const url = new URL(endpoint.url);
  const open = url.protocol === 'http:' && !LOOPBACK.test(url.hostname);
  const id = 'credentials';
  if (!sent) {
    return [
      {
        id,
        severity: 'right',
        sentence: word('noCredentials', { source: source.id }),
      },
    ];
  }
  return open
    ? [
        {
          id,
          severity: 'note',
          sentence: word('askedInTheOpen', { sent }),
          effect: word('askedInTheOpenEffect'),
          mend: {
            where: word('atSource', {
              source: source.id,
              cluster: cluster.name,
            }),
            line: 'url: https://…',
          },
        },
      ]
    : [{ id, severity: 'right', sentence: word('asked', { sent }) }];
}

function sentWith({
  auth,
  headers,
}: EndpointConfig): string | Worded | undefined {
  const names = Object.keys(headers);
  const sent = [
    ...(auth.type === 'none' ? [] : [word(auth.type)]),
    ...(names.length > 0
      ? [word('header', { count: names.length, names: names.join(', ') })]
      : []),
  ];
  return sent.length > 0 ? wordAll(sent) : undefined;
}
