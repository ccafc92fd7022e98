import { CostAlert } from '@headroom/plugin-cost-common';
import { Relations } from '../../database/budgets/BudgetScopeStore';
import { AlertParts } from './partsOf';

/** @internal */
export interface EntitlementOptions {
  relations: Relations;
  parts: AlertParts;
  readers: ReadonlySet<string>;
  /** Who is in a group may read what groups below it own. */
  membersReadBelow: boolean;
}

/**
 * Who is told amounts of a cost. Permissions can't be asked for somebody who is not
 * asking, so only what needs no question counts: they own every service of it, or the
 * configuration says that they may read everything.
 */
export class Entitlement {
  readonly #options: EntitlementOptions;
  readonly #parents: ReadonlyMap<string, string[]>;
  readonly #owners: ReadonlyMap<string, string[]>;

  static create(options: EntitlementOptions): Entitlement {
    return new Entitlement(options);
  }

  private constructor(options: EntitlementOptions) {
    const { groups, services } = options.relations;
    this.#options = options;
    this.#parents = new Map(groups.map(({ ref, parents }) => [ref, parents]));
    this.#owners = new Map(services.map(({ ref, owners }) => [ref, owners]));
  }

  /** @param claims - a group; or a user and the groups that they are members of */
  mayRead(claims: readonly string[], alert: CostAlert): boolean {
    const { parts, readers } = this.#options;
    if (claims.some(ref => readers.has(ref))) {
      return true;
    }
    const services = parts.get(alert) ?? [];
    return (
      services.length > 0 &&
      services.every(owners => owners.some(owner => this.#has(claims, owner)))
    );
  }

  /** Owners of a service; empty for what the catalog has not. */
  owners(entityRef: string): readonly string[] {
    return this.#owners.get(entityRef) ?? [];
  }

  #has(claims: readonly string[], owner: string): boolean {
    const owning = new Set([owner]);
    for (const ref of owning) {
      if (claims.includes(ref)) {
        return true;
      }
      if (this.#options.membersReadBelow) {
        this.#parents.get(ref)?.forEach(parent => owning.add(parent));
      }
    }
    return false;
  }
}
