import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { ReportStore } from '../database/ReportStore';
import { Scope } from '../database/scope';
import { CostAccess, CostAuthorizer } from './permissions/CostAuthorizer';

/** @internal */
export interface CostScopesOptions {
  authorizer: CostAuthorizer;
  store: ReportStore;
}

/** What a caller may read, as a part of every query. */
export class CostScopes {
  readonly #options: CostScopesOptions;

  static create(options: CostScopesOptions) {
    return new CostScopes(options);
  }

  private constructor(options: CostScopesOptions) {
    this.#options = options;
  }

  /**
   * What is of a service.
   * @throws NotAllowedError when the caller may not see the service, NotFoundError
   * when it is not in the catalog as it was last read.
   */
  async service(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<Scope> {
    const access = await this.#options.authorizer.accessOf(credentials);
    if (access.kind === 'nothing') {
      throw notAllowed(entityRef);
    }
    const { where } = access;
    requireAllowed(
      entityRef,
      await this.#options.store.findEntity(entityRef, where),
    );
    return { kind: 'service', entityRef, where };
  }

  /** What is of the fleet; undefined = the caller may see nothing. */
  async fleet(credentials: BackstageCredentials): Promise<Scope | undefined> {
    return fleetScope(await this.#options.authorizer.accessOf(credentials));
  }
}

/** What a caller's fleet is; undefined = nothing. */
export function fleetScope(access: CostAccess): Scope | undefined {
  switch (access.kind) {
    case 'everything':
      return { kind: 'everything' };
    case 'some':
      return { kind: 'services', where: access.where };
    default:
      return undefined;
  }
}

/** @throws NotFoundError, NotAllowedError */
export function requireAllowed(
  entityRef: string,
  entity: { allowed: boolean } | undefined,
): void {
  if (!entity) {
    throw new NotFoundError(
      `${entityRef} is not in the catalog as Headroom last read it; a service that is new appears within minutes, and other kinds are chosen under headroom.cost.entities.kinds`,
    );
  }
  if (!entity.allowed) {
    throw notAllowed(entityRef);
  }
}

/** The refusal to say what a service costs. */
export function notAllowed(entityRef: string): NotAllowedError {
  return new NotAllowedError(
    `You need the permission cost.read for ${entityRef} to see what it costs`,
  );
}
