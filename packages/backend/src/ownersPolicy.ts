import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  isPermission,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import {
  costConditions,
  createCostConditionalDecision,
} from '@headroom/plugin-cost-backend';
import {
  costAdviceDecidePermission,
  costBudgetWritePermission,
  costAnomalyDecidePermission,
  costReadPermission,
} from '@headroom/plugin-cost-common';
import {
  createScalingConditionalDecision,
  scalingConditions,
} from '@headroom/plugin-scaling-backend';
import { scalingPermissions } from '@headroom/plugin-scaling-common';

/** What everybody who is signed in may do. Whatever is not named is refused. */
const EVERYBODY = ['catalog.entity.read'];

/**
 * What nobody may do: through the proxy of the Kubernetes plugin a user asks a
 * cluster anything its service account may ask, pods and secrets of every team.
 */
const NOBODY = ['kubernetes.proxy'];

/**
 * People see what their teams own costs and how it is scaled, and decide about both.
 * Platform teams (`permission.platformTeams`) see and do everything but what nobody may.
 */
export class OwnersPolicy implements PermissionPolicy {
  readonly #platformTeams: Set<string>;

  constructor(options: { platformTeams: string[] }) {
    this.#platformTeams = new Set(options.platformTeams);
  }

  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    const claims = user?.info.ownershipEntityRefs ?? [];
    if (!user || NOBODY.includes(permission.name)) {
      return { result: AuthorizeResult.DENY };
    }
    if (
      EVERYBODY.includes(permission.name) ||
      claims.some(claim => this.#platformTeams.has(claim))
    ) {
      return { result: AuthorizeResult.ALLOW };
    }
    for (const owned of [
      costReadPermission,
      costAdviceDecidePermission,
      costBudgetWritePermission,
      costAnomalyDecidePermission,
    ]) {
      if (isPermission(permission, owned)) {
        return createCostConditionalDecision(
          permission,
          costConditions.isOwner({ claims }),
        );
      }
    }
    for (const owned of scalingPermissions) {
      if (isPermission(permission, owned)) {
        return createScalingConditionalDecision(
          permission,
          scalingConditions.isOwner({ claims }),
        );
      }
    }
    return { result: AuthorizeResult.DENY };
  }
}

/** Instead of the policy that allows everything, see "Hardening" in docs/operations.md. */
export default createBackendModule({
  pluginId: 'permission',
  moduleId: 'owners-policy',
  register: env =>
    env.registerInit({
      deps: { config: coreServices.rootConfig, policy: policyExtensionPoint },
      init: async ({ config, policy }) =>
        policy.setPolicy(
          new OwnersPolicy({
            platformTeams:
              config.getOptionalStringArray('permission.platformTeams') ?? [],
          }),
        ),
    }),
});
