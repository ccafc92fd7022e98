import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  isResourcePermission,
} from '@backstage/plugin-permission-common';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import {
  costConditions,
  createCostConditionalDecision,
} from '@headroom/plugin-cost-backend';
import { RESOURCE_TYPE_COST_ENTITY } from '@headroom/plugin-cost-common';

/**
 * With `bench.teams` everybody sees the cost of what their own teams own, as the policy of
 * most portals has it; without it, of everything.
 */
export const teamsPolicy = createBackendModule({
  pluginId: 'permission',
  moduleId: 'bench-teams-policy',
  register: env =>
    env.registerInit({
      deps: { config: coreServices.rootConfig, policy: policyExtensionPoint },
      init: async ({ config, policy }) => {
        const isOwnersOnly = config.has('bench.teams');
        policy.setPolicy({
          handle: async ({ permission }, user) =>
            isOwnersOnly &&
            isResourcePermission(permission, RESOURCE_TYPE_COST_ENTITY)
              ? createCostConditionalDecision(
                  permission,
                  costConditions.isOwner({
                    claims: user?.info.ownershipEntityRefs ?? [],
                  }),
                )
              : { result: AuthorizeResult.ALLOW },
        });
      },
    }),
});
