import {
  BackstageCredentials,
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  ConditionTransformer,
  createConditionTransformer,
} from '@backstage/plugin-permission-node';
import {
  costAdviceDecidePermission,
  costReadPermission,
  costSourcesReadPermission,
  RESOURCE_TYPE_COST_ENTITY,
} from '@headroom/plugin-cost-common';
import { costEntityResourceRef } from '@headroom/plugin-cost-node';
import { EntityFilter, SqlFragment, criteriaToSql } from '@headroom/node';

/** What a caller may see; `where` holds for entities `e` among it. */
export type CostAccess =
  | { kind: 'everything' }
  | { kind: 'some'; where: SqlFragment }
  | { kind: 'nothing' };

/** Asks the permission framework; never caches an answer. */
export class CostAuthorizer {
  readonly #permissions: PermissionsService;
  readonly #transform: ConditionTransformer<EntityFilter>;

  static create(options: {
    permissions: PermissionsService;
    permissionsRegistry: PermissionsRegistryService;
  }) {
    return new CostAuthorizer(
      options.permissions,
      createConditionTransformer(
        options.permissionsRegistry.getPermissionRuleset(costEntityResourceRef),
      ),
    );
  }

  private constructor(
    permissions: PermissionsService,
    transform: ConditionTransformer<EntityFilter>,
  ) {
    this.#permissions = permissions;
    this.#transform = transform;
  }

  /** Which entities' cost the caller may read. */
  async accessOf(credentials: BackstageCredentials): Promise<CostAccess> {
    return this.#accessFor(costReadPermission, credentials);
  }

  /** On which entities' workloads the caller may decide about advice. */
  async decideAccessOf(credentials: BackstageCredentials): Promise<CostAccess> {
    return this.#accessFor(costAdviceDecidePermission, credentials);
  }

  async #accessFor(
    permission: ResourcePermission<typeof RESOURCE_TYPE_COST_ENTITY>,
    credentials: BackstageCredentials,
  ): Promise<CostAccess> {
    const [decision] = await this.#permissions.authorizeConditional(
      [{ permission }],
      { credentials },
    );
    switch (decision.result) {
      case AuthorizeResult.ALLOW:
        return { kind: 'everything' };
      case AuthorizeResult.CONDITIONAL:
        return {
          kind: 'some',
          where: criteriaToSql(this.#transform(decision.conditions)),
        };
      default:
        return { kind: 'nothing' };
    }
  }

  /** @throws NotAllowedError unless the caller may see the state of sources. */
  async requireSources(credentials: BackstageCredentials): Promise<void> {
    const [decision] = await this.#permissions.authorize(
      [{ permission: costSourcesReadPermission }],
      { credentials },
    );
    if (decision.result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        `You need the permission ${costSourcesReadPermission.name} to see where costs come from`,
      );
    }
  }
}
