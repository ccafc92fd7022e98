import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { scopeOfAccess } from '@headroom/node';
import { PageDatabase } from '../database/PageDatabase';
import { Question, together } from '../database/Question';
import { Scope } from '../database/scope';
import { ScopedStores } from '../database/ScopedStores';
import { SourcesScope, SourcesStore } from '../database/SourcesStore';
import { CostAuthorizer } from './permissions/CostAuthorizer';

/** @internal */
export interface CostScopesOptions {
  authorizer: CostAuthorizer;
  pages: PageDatabase;
  /** How often the catalog is read, for sentences. */
  catalogRead: string;
}

/** Whose cost a request is about. References are entity references. */
export type Asked = { service: string } | { team: string } | 'fleet';

/**
 * The door to what is stored: asks what a caller may see and opens the stores that
 * far. Who may see nothing gets the same NotAllowedError whatever is asked, before
 * anything is told of what there is.
 */
export class CostScopes {
  readonly #options: CostScopesOptions;

  static create(options: CostScopesOptions) {
    return new CostScopes(options);
  }

  private constructor(options: CostScopesOptions) {
    this.#options = options;
  }

  /**
   * Reads what a caller may see of something, all of it at one moment.
   * @throws NotAllowedError when the caller may see nothing, or nothing of it;
   * NotFoundError when it is not in the catalog as it was last read.
   */
  async read<T>(
    asked: Asked,
    credentials: BackstageCredentials,
    read: (at: ScopedStores) => Promise<T>,
  ): Promise<T> {
    const scope = await this.#scopeOf(credentials);
    return this.#options.pages.inSnapshot(scope, async at =>
      read(await narrow(at, asked, this.#options.catalogRead)),
    );
  }

  /**
   * Asks for what a caller may see of a service, in one statement.
   * @throws as {@link CostScopes.read}
   */
  async askOf<T>(
    entityRef: string,
    credentials: BackstageCredentials,
    question: (at: ScopedStores) => Question<T>,
  ): Promise<{ answer: T; scope: Scope }> {
    const scope = await this.#scopeOf(credentials);
    const all = this.#options.pages.for(scope);
    const at = all.of({ kind: 'service', entityRef });
    const [seesAnything, entity, answer] = await at.ask(
      together([
        all.catalog.seesAnything(),
        all.catalog.findEntity(entityRef),
        question(at),
      ]),
    );
    if (!seesAnything) {
      throw seesNothing();
    }
    mustBeAllowed(entityRef, entity, this.#options.catalogRead);
    return { answer, scope: at.scope };
  }

  /**
   * Reads what capacity costs, which is of no service, and what a caller may see of
   * services beside it. Who makes their first service has none to see yet.
   * @throws NotAllowedError when the policy lets the caller see nothing at all.
   */
  async readPrices<T>(
    credentials: BackstageCredentials,
    read: (at: ScopedStores) => Promise<T>,
  ): Promise<T> {
    const scope = await this.#scopeOf(credentials);
    return this.#options.pages.inSnapshot(scope, read);
  }

  /**
   * Gives a download what a caller may see, without holding a connection between
   * one reading and the next.
   * @throws as {@link CostScopes.read}
   */
  async open(
    asked: Asked,
    credentials: BackstageCredentials,
  ): Promise<ScopedStores> {
    const scope = await this.#scopeOf(credentials);
    const { catalogRead, pages } = this.#options;
    return narrow(pages.for(scope), asked, catalogRead);
  }

  /** Reads at one moment what stores that were opened in the same request may see. */
  async inSnapshot<T>(
    { scope }: ScopedStores,
    read: (at: ScopedStores) => Promise<T>,
  ): Promise<T> {
    return this.#options.pages.inSnapshot(scope, read);
  }

  /** Where the caller may decide about advice; undefined = nowhere. */
  async openToDecide(
    credentials: BackstageCredentials,
  ): Promise<ScopedStores | undefined> {
    const { authorizer, pages } = this.#options;
    const scope = scopeOfAccess(await authorizer.decideAccessOf(credentials));
    return scope && pages.for(scope);
  }

  /** For which entities the caller may make and change budgets; undefined = for none. */
  async openToBudget(
    credentials: BackstageCredentials,
  ): Promise<ScopedStores | undefined> {
    const { authorizer, pages } = this.#options;
    const scope = scopeOfAccess(await authorizer.budgetAccessOf(credentials));
    return scope && pages.for(scope);
  }

  /** Where the caller may say that an anomaly is expected; undefined = nowhere. */
  async openToExpect(
    credentials: BackstageCredentials,
  ): Promise<ScopedStores | undefined> {
    const { authorizer, pages } = this.#options;
    const scope = scopeOfAccess(await authorizer.expectAccessOf(credentials));
    return scope && pages.for(scope);
  }

  /**
   * Reads the state of sources, all of it at one moment.
   * @throws NotAllowedError unless the caller may see it.
   */
  async readSources<T>(
    credentials: BackstageCredentials,
    read: (sources: SourcesStore) => Promise<T>,
  ): Promise<T> {
    const { authorizer, pages } = this.#options;
    await authorizer.requireSources(credentials);
    return pages.sourcesInSnapshot(SourcesScope.grant(), read);
  }

  async #scopeOf(credentials: BackstageCredentials): Promise<Scope> {
    const scope = scopeOfAccess(
      await this.#options.authorizer.accessOf(credentials),
    );
    if (!scope) {
      throw seesNothing();
    }
    return scope;
  }
}

async function narrow(
  at: ScopedStores,
  asked: Asked,
  catalogRead: string,
): Promise<ScopedStores> {
  if (!(await at.ask(at.catalog.seesAnything()))) {
    throw seesNothing();
  }
  if (asked === 'fleet') {
    return at;
  }
  return 'service' in asked
    ? ofService(at, asked.service, catalogRead)
    : ofTeam(at, asked.team, catalogRead);
}

async function ofService(
  at: ScopedStores,
  entityRef: string,
  catalogRead: string,
): Promise<ScopedStores> {
  const entity = await at.ask(at.catalog.findEntity(entityRef));
  mustBeAllowed(entityRef, entity, catalogRead);
  return at.of({ kind: 'service', entityRef });
}

function mustBeAllowed(
  entityRef: string,
  entity: { allowed: boolean } | undefined,
  catalogRead: string,
): void {
  if (!entity) {
    throw new NotFoundError(
      `${entityRef} is not in the catalog as Headroom last read it. It is read ${catalogRead}, and a service that is new is known from then on; other kinds are chosen under headroom.cost.entities.kinds`,
    );
  }
  if (!entity.allowed) {
    throw new NotAllowedError(
      `You need the permission cost.read for ${entityRef} to see what it costs`,
    );
  }
}

/** Narrows stores to a group and all groups below it. */
async function ofTeam(
  at: ScopedStores,
  entityRef: string,
  catalogRead: string,
): Promise<ScopedStores> {
  const groups = await at.catalog.groupsBelow(entityRef);
  if (groups.length === 0) {
    throw new NotFoundError(
      `${entityRef} is not in the catalog as Headroom last read it. It is read ${catalogRead}, and a group that is new is known from then on`,
    );
  }
  const team = at.of({ kind: 'owners', groups });
  const { seen, hidden } = await team.catalog.services();
  if (hidden && seen.length === 0) {
    throw new NotAllowedError(
      `You need the permission cost.read for a service of ${entityRef} to see what it costs`,
    );
  }
  return team;
}

function seesNothing(): NotAllowedError {
  return new NotAllowedError(
    'You need the permission cost.read for at least one service to see what services cost',
  );
}
