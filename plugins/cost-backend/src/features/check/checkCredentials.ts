import { ClusterConfig, EndpointConfig } from '@headroom/plugin-clusters-node';
import { CheckFinding } from '@headroom/common';
import { AllocationSource, UsageSource } from '@headroom/plugin-cost-node';

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** How the source of a cluster is signed in to. No word of what is sent. */
export function checkCredentials(
  cluster: ClusterConfig,
  source: AllocationSource | UsageSource,
): CheckFinding[] {
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
        sentence: `No credentials are configured for ${source.id}, and none are sent.`,
      },
    ];
  }
  return open
    ? [
        {
          id,
          severity: 'note',
          sentence: `It is asked with ${sent}, over plain HTTP.`,
          effect: 'Whoever is on the way can read it, and ask in its name.',
          mend: {
            where: `headroom.clusters, ${source.id} of ${cluster.name}`,
            line: 'url: https://…',
          },
        },
      ]
    : [{ id, severity: 'right', sentence: `It is asked with ${sent}.` }];
}

function sentWith({ auth, headers }: EndpointConfig): string | undefined {
  const names = Object.keys(headers);
  const more = names.length > 0 ? `the header ${names.join(', ')}` : undefined;
  const own = {
    none: undefined,
    bearer: 'a bearer token',
    basic: 'a user name and a password',
  }[auth.type];
  return own && more ? `${own} and ${more}` : own ?? more;
}
