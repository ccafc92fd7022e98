import {
  BackstageCredentials,
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { EntityAccess, EntityAuthorizer } from '@headroom/node';
import {
  costAdviceDecidePermission,
  costBudgetWritePermission,
  costAnomalyDecidePermission,
  costReadPermission,
  costSourcesReadPermission,
  RESOURCE_TYPE_COST_ENTITY,
} from '@headroom/plugin-cost-common';
import { costEntityResourceRef } from '@headroom/plugin-cost-node';

/** Asks the permission framework; never caches an answer. */
export class CostAuthorizer {
  readonly #permissions: PermissionsService;
  readonly #entities: EntityAuthorizer<typeof RESOURCE_TYPE_COST_ENTITY>;

  static create(options: {
    permissions: PermissionsService;
    permissionsRegistry: PermissionsRegistryService;
  }) {
    return new CostAuthorizer(
      options.permissions,
      EntityAuthorizer.create({
        ...options,
        resourceRef: costEntityResourceRef,
      }),
    );
  }

  private constructor(
    permissions: PermissionsService,
    entities: EntityAuthorizer<typeof RESOURCE_TYPE_COST_ENTITY>,
  ) {
    this.#permissions = permissions;
    this.#entities = entities;
  }

  /** Which entities' cost the caller may read. */
  async accessOf(credentials: BackstageCredentials): Promise<EntityAccess> {
    const [access] = await this.#entities.accessFor(
      [costReadPermission],
      credentials,
    );
    return access;
  }

  /** On which entities' workloads the caller may decide about advice. */
  async decideAccessOf(
    credentials: BackstageCredentials,
  ): Promise<EntityAccess> {
    const [access] = await this.#entities.accessFor(
      [costAdviceDecidePermission],
      credentials,
    );
    return access;
  }

  /** For which entities the caller may make and change budgets. */
  async budgetAccessOf(
    credentials: BackstageCredentials,
  ): Promise<EntityAccess> {
    const [access] = await this.#entities.accessFor(
      [costBudgetWritePermission],
      credentials,
    );
    return access;
  }

  /** Of which entities the caller may say that their cost is expected. */
  async expectAccessOf(
    credentials: BackstageCredentials,
  ): Promise<EntityAccess> {
    const [access] = await this.#entities.accessFor(
      [costAnomalyDecidePermission],
      credentials,
    );
    return access;
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
