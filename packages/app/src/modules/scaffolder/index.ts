import {
  ApiBlueprint,
  configApiRef,
  createFrontendModule,
  discoveryApiRef,
  fetchApiRef,
  identityApiRef,
} from '@backstage/frontend-plugin-api';
import { scmIntegrationsApiRef } from '@backstage/integration-react';
import { ScaffolderClient } from '@backstage/plugin-scaffolder-common';
import { scaffolderApiRef } from '@backstage/plugin-scaffolder-react';
import { configuredHosts } from './configuredHosts';

/**
 * The scaffolder's own client, but that a template which names no hosts may create
 * repositories on those of the settings: else its form offers none.
 */
const scaffolderApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: scaffolderApiRef,
      deps: {
        configApi: configApiRef,
        discoveryApi: discoveryApiRef,
        fetchApi: fetchApiRef,
        identityApi: identityApiRef,
        scmIntegrationsApi: scmIntegrationsApiRef,
      },
      factory: ({ configApi, ...deps }) => {
        const client = new ScaffolderClient(deps);
        const list = client.getIntegrationsList.bind(client);
        const hosts = configuredHosts(configApi);
        client.getIntegrationsList = options =>
          list(
            options.allowedHosts.length > 0
              ? options
              : { ...options, allowedHosts: hosts },
          );
        return client;
      },
    }),
});

/** What the portal says otherwise than the scaffolder's plugin. */
export const scaffolderModule = createFrontendModule({
  pluginId: 'scaffolder',
  extensions: [scaffolderApi],
});
