import {
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { ResourcePermission } from '@backstage/plugin-permission-common';
import {
  EntityAccess,
  EntityAuthorizer,
  EntityReader,
  EntityScope,
  scopeOfAccess,
} from '@headroom/node';
import {
  RESOURCE_TYPE_SCALING_ENTITY,
  ScalingAbilities,
  scalingApprovePermission,
  scalingKillPermission,
  scalingOverridePermission,
  scalingPolicyWritePermission,
  scalingReadPermission,
} from '@headroom/plugin-scaling-common';
import { Knex } from 'knex';
import { PREFIX } from '../database/openDatabase';
import { Sight } from './Sight';

/** What may be done, and the permission for it. */
const PERMISSIONS = {
  read: scalingReadPermission,
  writePolicies: scalingPolicyWritePermission,
  approve: scalingApprovePermission,
  override: scalingOverridePermission,
  kill: scalingKillPermission,
} satisfies Record<
  'read' | keyof ScalingAbilities,
  ResourcePermission<typeof RESOURCE_TYPE_SCALING_ENTITY>
>;

const NOTHING = { sql: 'false', bindings: [] };

/** For what a caller may do. */
export type Ability = keyof typeof PERMISSIONS;

/** Whoever asks, and on whose workloads they may do what. */
export class Caller {
  readonly #sights: Readonly<Record<Ability, Sight>>;
  readonly #entities: EntityReader;
  readonly #catalogRead: string;
  /** User entity ref; absent = it is no person. */
  readonly userRef: string | undefined;

  /** @internal made by {@link ScalingScopes} */
  constructor(
    sights: Readonly<Record<Ability, Sight>>,
    entities: EntityReader,
    catalogRead: string,
    userRef?: string,
  ) {
    this.#sights = sights;
    this.#entities = entities;
    this.#catalogRead = catalogRead;
    this.userRef = userRef;
  }

  /** What they see. */
  get read(): Sight {
    return this.#sights.read;
  }

  /** On what they may do it; what they don't see is no part of it. */
  sight(ability: Ability): Sight {
    return this.#sights[ability];
  }

  /** What they may do to the workloads of an entity; absent = to anything. */
  abilities(of?: { entityRef?: string }): ScalingAbilities {
    const may = (ability: Ability) =>
      of
        ? this.#sights[ability].sees(of.entityRef)
        : !this.#sights[ability].isNothing;
    return {
      writePolicies: may('writePolicies'),
      approve: may('approve'),
      override: may('override'),
      kill: may('kill'),
    };
  }

  /**
   * @throws NotAllowedError that names the permission, unless they have it for
   * each of the entities; `undefined` among them = what is nobody's.
   */
  require(
    ability: Ability,
    entityRefs: Iterable<string | undefined>,
    purpose: string,
  ): void {
    for (const entityRef of entityRefs) {
      if (!this.#sights[ability].sees(entityRef)) {
        throw new NotAllowedError(
          `You need the permission ${PERMISSIONS[ability].name} on ${
            this.read.sees(entityRef)
              ? entityRef ?? 'workloads that belong to no service'
              : 'all services that this concerns'
          } to ${purpose}`,
        );
      }
    }
  }

  /** @throws NotAllowedError unless they have the permission for everything. */
  requireEverywhere(ability: Ability, purpose: string): void {
    if (!this.#sights[ability].isEverything) {
      throw new NotAllowedError(
        `You need the permission ${PERMISSIONS[ability].name} on every service to ${purpose}`,
      );
    }
  }

  /**
   * @throws NotFoundError when it is not in the catalog as it was last read;
   * NotAllowedError when they may not see it.
   */
  async requireEntity(entityRef: string): Promise<void> {
    if (!(await this.#entities.findEntity(entityRef))) {
      throw new NotFoundError(
        `${entityRef} is not in the catalog as Headroom last read it. It is read ${
          this.#catalogRead
        }, and a service that is new is known from then on; other kinds are chosen under headroom.scaling.entities.kinds`,
      );
    }
    if (!this.read.sees(entityRef)) {
      throw new NotAllowedError(
        `You need the permission ${PERMISSIONS.read.name} for ${entityRef} to see how it is scaled`,
      );
    }
  }
}

/** @internal */
export interface ScalingScopesOptions {
  authorizer: EntityAuthorizer<typeof RESOURCE_TYPE_SCALING_ENTITY>;
  /** For pages. */
  knex: Knex;
  /** How often the catalog is read, for sentences. */
  catalogRead: string;
}

/**
 * The door to what is known: asks what a caller may see and do. Who may see nothing
 * gets the same NotAllowedError whatever is asked, before anything is told of what
 * there is.
 */
export class ScalingScopes {
  readonly #options: ScalingScopesOptions;

  static create(options: ScalingScopesOptions): ScalingScopes {
    return new ScalingScopes(options);
  }

  private constructor(options: ScalingScopesOptions) {
    this.#options = options;
  }

  /** @throws NotAllowedError when the caller may see nothing. */
  async open(credentials: BackstageCredentials): Promise<Caller> {
    const { authorizer, catalogRead, knex } = this.#options;
    const abilities = Object.keys(PERMISSIONS) as Ability[];
    const [read, ...others] = await authorizer.accessFor(
      abilities.map(ability => PERMISSIONS[ability]),
      credentials,
    );
    const known = new Map<string, Promise<ReadonlySet<string>>>();
    const sightOf = (access: EntityAccess) => this.#sightOf(access, known);
    const seen = await sightOf(read);
    if (seen.isNothing && !(await this.#mayBeTooEarly(read))) {
      throw new NotAllowedError(
        'You need the permission scaling.read for at least one service to see how services are scaled',
      );
    }
    const sights = [seen];
    for (const access of others) {
      sights.push(within(seen, await sightOf(access)));
    }
    return new Caller(
      Object.fromEntries(
        abilities.map((ability, index) => [ability, sights[index]]),
      ) as Record<Ability, Sight>,
      EntityReader.create({
        knex,
        prefix: PREFIX,
        scope: EntityScope.grant(),
      }),
      catalogRead,
      userOf(credentials),
    );
  }

  /** While no service was read from the catalog nobody can tell what they may see. */
  async #mayBeTooEarly(access: EntityAccess): Promise<boolean> {
    const scope = scopeOfAccess(access);
    return (
      scope !== undefined &&
      EntityReader.create({
        knex: this.#options.knex,
        prefix: PREFIX,
        scope,
      }).seesAnything()
    );
  }

  async #sightOf(
    access: EntityAccess,
    known: Map<string, Promise<ReadonlySet<string>>>,
  ): Promise<Sight> {
    const scope = scopeOfAccess(access);
    if (access.kind === 'everything') {
      return Sight.grant();
    }
    if (access.kind === 'nothing' || !scope) {
      return Sight.grant({ refs: new Set(), where: NOTHING });
    }
    const key = JSON.stringify(access.where);
    const asked =
      known.get(key) ??
      EntityReader.create({ knex: this.#options.knex, prefix: PREFIX, scope })
        .refs()
        .then(refs => new Set(refs));
    known.set(key, asked);
    return Sight.grant({ refs: await asked, where: access.where });
  }
}

function userOf({ principal }: BackstageCredentials): string | undefined {
  const { type, userEntityRef } = principal as Partial<BackstageUserPrincipal>;
  return type === 'user' ? userEntityRef : undefined;
}

/** What of the second is in the first, too: nobody acts on what they don't see. */
function within(seen: Sight, sight: Sight): Sight {
  if (seen.isEverything || sight.isNothing) {
    return sight;
  }
  if (sight.isEverything) {
    return seen;
  }
  const [a, b] = [seen.where, sight.where];
  return Sight.grant({
    refs: new Set([...(sight.refs ?? [])].filter(ref => seen.sees(ref))),
    where: {
      sql: `(${a?.sql}) AND (${b?.sql})`,
      bindings: [...(a?.bindings ?? []), ...(b?.bindings ?? [])],
    },
  });
}
