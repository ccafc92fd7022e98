import { EndpointError } from '@headroom/plugin-clusters-node';
import { PrometheusCheck } from './PrometheusCheck';

/** Below what the API is where it isn't at the root: Mimir and proxies, Cortex, VictoriaMetrics. */
const PREFIXES = ['/prometheus', '/api/prom', '/select/0/prometheus'];

/** What people copy from a browser or a manual together with the URL. */
const TOO_MUCH = /\/(api\/v1(\/query)?|graph|query)$/;

/**
 * Where the API is, after the configured URL said that it isn't there: a path to
 * add, or the empty path when a part of the URL is too much. Undefined when it is
 * at none of the usual places.
 */
export async function findPath(
  { cluster, client, signal }: PrometheusCheck,
  { failure }: EndpointError,
): Promise<string | undefined> {
  const url = cluster.prometheus?.url ?? '';
  if (failure !== 'rejected' && failure !== 'unreadable') {
    return undefined;
  }
  const base = url.replace(TOO_MUCH, '');
  const paths = base === url ? PREFIXES : ['', ...PREFIXES];
  for (const path of paths) {
    try {
      await client({ url: `${base}${path}` }).query('time()', { signal });
      return path;
    } catch (error) {
      if (!(error instanceof EndpointError)) {
        throw error;
      }
    }
  }
  return undefined;
}
