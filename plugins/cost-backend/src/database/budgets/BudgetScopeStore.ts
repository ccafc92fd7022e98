import { textArray } from '@headroom/node';
import { Knex } from 'knex';
import { Scope } from '../scope';
import { partsSql, ScopeQuestion } from './budgetParts';

/** What is above what, by reference. */
export interface Relations {
  /** Groups and the groups directly above them. */
  groups: Array<{ ref: string; parents: string[] }>;
  services: Array<{ ref: string; owners: string[]; system?: string }>;
}

/** An entity and the annotations by which it declares a budget. */
export interface DeclaringEntity {
  entityRef: string;
  kind: string;
  location?: string;
  annotations: Record<string, string>;
}

/** Kinds of scopes that are made of services. */
const OF_SERVICES: ReadonlySet<string> = new Set(['group', 'system', 'domain']);

/** Whose the scopes of budgets are, as far as a caller's scope goes. */
export class BudgetScopeStore {
  readonly #knex: Knex;
  readonly #scope: Scope;

  static create(options: { knex: Knex; scope: Scope }) {
    return new BudgetScopeStore(options.knex, options.scope);
  }

  private constructor(knex: Knex, scope: Scope) {
    this.#knex = knex;
    this.#scope = scope;
  }

  /**
   * Whether each scope is the caller's as a whole, in the order of scopes: every
   * service that was part of it since the day asked for, or, where it has none, the
   * group or service itself. What is more than services (a cluster, a namespace, a
   * label, a tag) is only for who has everything.
   */
  async covers(
    scopes: readonly ScopeQuestion[],
    timezone: string,
  ): Promise<boolean[]> {
    if (this.#scope.seesEverything || scopes.length === 0) {
      return scopes.map(() => true);
    }
    const services = await this.visible(
      scopes.flatMap(({ scope }) =>
        scope.type === 'service' ? [scope.entityRef] : [],
      ),
    );
    const ofMany = scopes.filter(({ scope }) => OF_SERVICES.has(scope.type));
    const covered = await this.#coversAll(ofMany, timezone);
    return scopes.map(question => {
      const { scope } = question;
      return scope.type === 'service'
        ? services.has(scope.entityRef)
        : covered.has(question);
    });
  }

  /** Of groups, systems and domains, those that are the caller's as a whole. */
  async #coversAll(
    scopes: readonly ScopeQuestion[],
    timezone: string,
  ): Promise<Set<ScopeQuestion>> {
    if (scopes.length === 0) {
      return new Set();
    }
    const parts = partsSql(scopes, timezone);
    const { visible } = this.#scope;
    const { rows } = await this.#knex.raw(
      `${parts.sql}, had AS (
         SELECT p.no, bool_and(${visible.sql}) AS all_visible FROM spans p JOIN cost_entities e ON e.id = p.entity_id
         WHERE p.to_day > p.read_from GROUP BY p.no
       ), themselves AS (
         SELECT s.no, bool_and(${visible.sql}) AS visible FROM s JOIN cost_entities e ON e.entity_ref = s.a
         WHERE s.kind = 'group' GROUP BY s.no
       )
       SELECT s.no, bool_and(coalesce(h.all_visible, t.visible, false)) AS covered
       FROM s LEFT JOIN had h ON h.no = s.no LEFT JOIN themselves t ON t.no = s.no
       GROUP BY s.no`,
      [...parts.bindings, ...visible.bindings, ...visible.bindings],
    );
    return new Set(
      rows.flatMap((row: { no: number; covered: boolean }) =>
        row.covered ? [scopes[row.no - 1]] : [],
      ),
    );
  }

  /**
   * Who owns the services of each scope, in the order of scopes: those that {@link covers}
   * asks about and, of groups, those of now, of which history may not know yet; services of
   * the same owners once. Empty = it is more than services, or nothing is known of it.
   */
  async partOwners(
    scopes: readonly ScopeQuestion[],
    timezone: string,
  ): Promise<string[][][]> {
    const owners = scopes.map((): string[][] => []);
    if (scopes.length === 0) {
      return owners;
    }
    const parts = partsSql(scopes, timezone);
    const ofNow = scopes.some(({ scope }) => scope.type === 'group')
      ? `UNION
         SELECT s.no, e.owner_refs FROM s JOIN below b ON b.top = s.a
         JOIN (
           SELECT owner_refs, unnest(owner_refs) AS owner FROM cost_entities
           WHERE kind <> 'group' AND vanished_at IS NULL
         ) e ON e.owner = b.grp
         WHERE s.kind = 'group'`
      : '';
    const { rows } = await this.#knex.raw(
      `${parts.sql}, had AS (
         SELECT DISTINCT p.no, e.owner_refs FROM spans p JOIN cost_entities e ON e.id = p.entity_id
         WHERE p.to_day > p.read_from ${ofNow}
       )
       SELECT no, owner_refs AS owners FROM had
       UNION ALL
       SELECT s.no, e.owner_refs FROM s JOIN cost_entities e ON e.entity_ref = s.a
       WHERE s.kind IN ('group', 'service') AND NOT EXISTS (SELECT 1 FROM had h WHERE h.no = s.no)`,
      parts.bindings,
    );
    rows.forEach((row: { no: number; owners: string[] }) =>
      owners[row.no - 1].push(row.owners),
    );
    return owners;
  }

  /**
   * Whether the caller may budget each scope, in the order of scopes: for a group or a
   * service when that itself is the caller's, for a system or a domain when every service
   * of it is. For anything else only who has everything.
   */
  async mayWrite(
    scopes: readonly ScopeQuestion[],
    timezone: string,
  ): Promise<boolean[]> {
    const covered = await this.covers(scopes, timezone);
    const themselves = await this.visible(
      scopes.flatMap(({ scope }) =>
        scope.type === 'group' || scope.type === 'service'
          ? [scope.entityRef]
          : [],
      ),
    );
    return scopes.map(({ scope }, index) =>
      scope.type === 'group' || scope.type === 'service'
        ? this.#scope.seesEverything || themselves.has(scope.entityRef)
        : covered[index],
    );
  }

  /** Those of some entities that are the caller's. */
  async visible(refs: readonly string[]): Promise<Set<string>> {
    const { visible } = this.#scope;
    const { rows } = await this.#knex.raw(
      `SELECT e.entity_ref AS ref FROM cost_entities e WHERE e.entity_ref = ANY (?::text[]) AND (${visible.sql})`,
      [textArray([...refs]), ...visible.bindings],
    );
    return new Set(rows.map(({ ref }: { ref: string }) => ref));
  }

  /** Owners of services, by reference. */
  async owners(refs: readonly string[]): Promise<Map<string, string[]>> {
    const { rows } = await this.#knex.raw(
      'SELECT entity_ref AS ref, owner_refs AS owners FROM cost_entities WHERE entity_ref = ANY (?::text[])',
      [textArray([...refs])],
    );
    return new Map(
      rows.map(({ ref, owners }: { ref: string; owners: string[] }) => [
        ref,
        owners,
      ]),
    );
  }

  /** References of what some groups or users own. */
  async ownedBy(owners: readonly string[]): Promise<Set<string>> {
    const { rows } = await this.#knex.raw(
      'SELECT entity_ref AS ref FROM cost_entities WHERE owner_refs && ?::text[]',
      [textArray([...owners])],
    );
    return new Set(rows.map(({ ref }: { ref: string }) => ref));
  }

  /** Whether the group or service itself is the caller's. */
  async has(entityRef: string): Promise<boolean> {
    return (
      this.#scope.seesEverything || (await this.visible([entityRef])).size > 0
    );
  }

  /** Groups and services of the catalog, and what they are below. */
  async relations(): Promise<Relations> {
    const groups = await this.#knex.raw(
      'SELECT group_ref AS ref, array_agg(parent_ref ORDER BY parent_ref) AS parents FROM cost_groups GROUP BY 1',
    );
    const services = await this.#knex.raw(
      `SELECT entity_ref AS ref, owner_refs AS owners, system_ref AS system FROM cost_entities
       WHERE kind <> 'group' AND vanished_at IS NULL`,
    );
    return {
      groups: groups.rows,
      services: services.rows.map(
        ({
          system,
          ...row
        }: {
          ref: string;
          owners: string[];
          system: string | null;
        }) => ({ ...row, ...(system !== null && { system }) }),
      ),
    };
  }

  /**
   * Entities of the catalog that declare a budget, in the order of their references; of
   * some when these are given.
   */
  async declaring(
    annotation: string,
    refs?: ReadonlySet<string>,
  ): Promise<DeclaringEntity[]> {
    const { rows } = await this.#knex.raw(
      `SELECT entity_ref AS "entityRef", kind, location, annotations FROM cost_entities
       WHERE vanished_at IS NULL AND jsonb_exists(annotations, ?) ${
         refs ? 'AND entity_ref = ANY (?::text[])' : ''
       } ORDER BY entity_ref`,
      [annotation, ...(refs ? [textArray([...refs])] : [])],
    );
    return rows.map(
      ({
        location,
        ...row
      }: Omit<DeclaringEntity, 'location'> & { location: string | null }) => ({
        ...row,
        ...(location !== null && { location }),
      }),
    );
  }
}
