import { AlertSubject } from '@headroom/plugin-cost-common';
import { Relations } from '../../database/budgets/BudgetScopeStore';

/**
 * Whether a group is told amounts of a cost. Permissions can't be asked for somebody who
 * is not asking, so only what needs no question counts: the group owns it, or is above
 * who owns it, or the configuration says that it may read everything.
 */
export class Entitlement {
  readonly #parents: ReadonlyMap<string, string[]>;
  readonly #owners: ReadonlyMap<string, string[]>;
  readonly #systems = new Map<string, string[][]>();
  readonly #readers: ReadonlySet<string>;

  static create(options: {
    relations: Relations;
    readers: ReadonlySet<string>;
  }): Entitlement {
    return new Entitlement(options);
  }

  private constructor({
    relations: { groups, services },
    readers,
  }: {
    relations: Relations;
    readers: ReadonlySet<string>;
  }) {
    this.#readers = readers;
    this.#parents = new Map(groups.map(({ ref, parents }) => [ref, parents]));
    this.#owners = new Map(services.map(({ ref, owners }) => [ref, owners]));
    for (const { system, owners } of services) {
      if (system) {
        this.#systems.set(system, [
          ...(this.#systems.get(system) ?? []),
          owners,
        ]);
      }
    }
  }

  /** @param ref - a group; or a user, for what that owns itself */
  mayRead(ref: string, scope: AlertSubject): boolean {
    if (this.#readers.has(ref)) {
      return true;
    }
    const isOwnedBy = (owners: readonly string[]) =>
      owners.some(owner => this.#isAtOrAbove(ref, owner));
    switch (scope.type) {
      case 'group':
        return isOwnedBy([scope.entityRef]);
      case 'service':
        return isOwnedBy(this.#owners.get(scope.entityRef) ?? []);
      case 'system': {
        const services = this.#systems.get(scope.entityRef) ?? [];
        return services.length > 0 && services.every(isOwnedBy);
      }
      default:
        return false;
    }
  }

  /** Owners of a service; empty for what the catalog has not. */
  owners(entityRef: string): readonly string[] {
    return this.#owners.get(entityRef) ?? [];
  }

  #isAtOrAbove(ref: string, owner: string): boolean {
    const seen = new Set([owner]);
    for (const group of seen) {
      if (group === ref) {
        return true;
      }
      for (const parent of this.#parents.get(group) ?? []) {
        seen.add(parent);
      }
    }
    return false;
  }
}
