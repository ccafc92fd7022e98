import {
  BackstageCredentials,
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  ConditionTransformer,
  createConditionTransformer,
  PermissionResourceRef,
} from '@backstage/plugin-permission-node';
import { criteriaToSql, SqlFragment } from './criteriaToSql';
import { EntityFilter, OwnedEntity } from './entity';

/** For which entities a caller has a permission; `where` holds for those, as `e`. @public */
export type EntityAccess =
  | { kind: 'everything' }
  | { kind: 'some'; where: SqlFragment }
  | { kind: 'nothing' };

/** @public */
export interface EntityAuthorizerOptions<TResourceType extends string> {
  permissions: PermissionsService;
  permissionsRegistry: PermissionsRegistryService;
  /** Registered already, with the rules of `createEntityRules`. */
  resourceRef: PermissionResourceRef<OwnedEntity, EntityFilter, TResourceType>;
}

/** Asks the permission framework about entities; never caches an answer. @public */
export class EntityAuthorizer<TResourceType extends string> {
  readonly #permissions: PermissionsService;
  readonly #transform: ConditionTransformer<EntityFilter>;

  static create<TResourceType extends string>({
    permissions,
    permissionsRegistry,
    resourceRef,
  }: EntityAuthorizerOptions<TResourceType>): EntityAuthorizer<TResourceType> {
    return new EntityAuthorizer(
      permissions,
      createConditionTransformer(
        permissionsRegistry.getPermissionRuleset(resourceRef),
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

  /** For which entities the caller has each of the permissions, in their order. */
  async accessFor(
    wanted: ReadonlyArray<ResourcePermission<TResourceType>>,
    credentials: BackstageCredentials,
  ): Promise<EntityAccess[]> {
    const decisions = await this.#permissions.authorizeConditional(
      wanted.map(permission => ({ permission })),
      { credentials },
    );
    return decisions.map((decision): EntityAccess => {
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
    });
  }
}
