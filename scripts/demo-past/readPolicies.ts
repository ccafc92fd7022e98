import { ConfigSources } from '@backstage/config-loader';
import { Policy, readPolicy } from '@headroom/plugin-scaling-common';

/**
 * The policies of the portal's configuration: none where that lets nothing be done.
 * The back end says what is wrong with one that can't be read.
 *
 * @param rootDir - where `app-config.yaml` is
 */
export async function readPolicies(
  rootDir: string,
  nowMs: number,
): Promise<Policy[]> {
  const config = await ConfigSources.toConfig(
    ConfigSources.default({ rootDir, watch: false, argv: [] }),
  );
  try {
    const scaling = config.getOptional<{
      mode?: string;
      policies?: unknown[];
    }>('headroom.scaling');
    if ((scaling?.mode ?? 'enforce') !== 'enforce') {
      return [];
    }
    return (scaling?.policies ?? []).flatMap(
      input => readPolicy(input, { nowMs }).policy ?? [],
    );
  } finally {
    config.close();
  }
}
