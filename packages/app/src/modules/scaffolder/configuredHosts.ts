import { ConfigApi } from '@backstage/frontend-plugin-api';

/** Hosts under `integrations` in the settings, in their order. */
export function configuredHosts(config: ConfigApi): string[] {
  const integrations = config.getOptionalConfig('integrations');
  return (integrations?.keys() ?? []).flatMap(type =>
    Array.isArray(integrations?.getOptional(type))
      ? integrations!
          .getConfigArray(type)
          .flatMap(each => each.getOptionalString('host') ?? [])
      : [],
  );
}
