import { inSnapshot } from '@headroom/node';
import { Knex } from 'knex';
import { BudgetMemory } from './budgets/BudgetMemory';
import { Scope } from './scope';
import { ScopedStores } from './ScopedStores';
import { SourcesScope, SourcesStore } from './SourcesStore';

/** The database as requests reach it: the connections are out of reach without a scope. */
export class PageDatabase {
  readonly #knex: Knex;
  readonly #memory = BudgetMemory.create();

  static create(options: { knex: Knex }) {
    return new PageDatabase(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Stores whose queries each see the database at the moment they run. */
  for(scope: Scope): ScopedStores {
    return ScopedStores.create({
      knex: this.#knex,
      scope,
      memory: this.#memory,
    });
  }

  /** Runs queries that all see the database at one moment. Run them one after the other, as they share a connection. */
  async inSnapshot<T>(
    scope: Scope,
    read: (at: ScopedStores) => Promise<T>,
  ): Promise<T> {
    return inSnapshot(this.#knex, knex =>
      read(ScopedStores.create({ knex, scope, memory: this.#memory })),
    );
  }

  /** Like {@link PageDatabase.inSnapshot}, for the state of sources. */
  async sourcesInSnapshot<T>(
    scope: SourcesScope,
    read: (sources: SourcesStore) => Promise<T>,
  ): Promise<T> {
    return inSnapshot(this.#knex, knex =>
      read(SourcesStore.create({ knex, scope })),
    );
  }
}
