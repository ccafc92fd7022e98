import { SqlFragment } from '@headroom/node';

/**
 * On whose workloads a caller has a permission, as it was when they asked. Made,
 * only by `core/ScalingScopes.ts`, from credentials.
 */
export class Sight {
  // Private fields: an object of the same shape is no sight.
  readonly #refs: ReadonlySet<string> | 'everything';
  readonly #where: SqlFragment | undefined;
  readonly #isNothing: boolean;

  /** @param some - which entities, as references and as a condition on `e`; absent = everything */
  static grant(some?: {
    refs: ReadonlySet<string>;
    where: SqlFragment;
  }): Sight {
    return new Sight(some?.refs ?? 'everything', some?.where);
  }

  private constructor(
    refs: ReadonlySet<string> | 'everything',
    where: SqlFragment | undefined,
  ) {
    this.#refs = refs;
    this.#where = where;
    this.#isNothing =
      refs !== 'everything' && [...refs].every(ref => ref.startsWith('group:'));
  }

  /** Also what is nobody's. */
  get isEverything(): boolean {
    return this.#refs === 'everything';
  }

  /** No service is in it: who sees their group only sees nothing that is scaled. */
  get isNothing(): boolean {
    return this.#isNothing;
  }

  /** A condition on an entity `e`; undefined = everything. */
  get where(): SqlFragment | undefined {
    return this.#where;
  }

  /** References of entities; undefined = everything. */
  get refs(): ReadonlySet<string> | undefined {
    return this.#refs === 'everything' ? undefined : this.#refs;
  }

  /** Whether something of an entity is in it; absent = it is nobody's. */
  sees(entityRef: string | undefined): boolean {
    return (
      this.#refs === 'everything' ||
      (entityRef !== undefined && this.#refs.has(entityRef))
    );
  }
}
