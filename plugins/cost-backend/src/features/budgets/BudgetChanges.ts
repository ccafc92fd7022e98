import {
  AuditorService,
  AuthService,
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  toError,
} from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  BudgetDefinition,
  costBudgetWritePermission,
  describeBudgetScope,
} from '@headroom/plugin-cost-common';
import express from 'express';
import { budgetProblem } from '../../core/config/readBudgets';
import { CostConfig } from '../../core/config/CostConfig';
import { CostScopes } from '../../core/CostScopes';
import { Currencies } from '../../core/Currencies';
import { StoredBudget } from '../../database/budgets/budgetRecords';
import { ScopedStores } from '../../database/ScopedStores';
import { BudgetCollection } from './BudgetCollection';
import { newBudgetId } from './BudgetRequest';
import { systemsOfDomains } from './systemsOfDomains';

/** @internal */
export interface BudgetChangesOptions {
  auditor: AuditorService;
  auth: AuthService;
  catalog: CatalogService;
  scopes: CostScopes;
  collection: BudgetCollection;
  config: CostConfig;
  currencies: Currencies;
  now: () => Date;
}

/** Who asks, and for which budget. */
export interface BudgetCall {
  request: express.Request;
  credentials: BackstageCredentials<BackstageUserPrincipal>;
  id: string;
}

/** Lets people make, change and remove budgets. Every try is audited. */
export class BudgetChanges {
  readonly #options: BudgetChangesOptions;

  static create(options: BudgetChangesOptions) {
    return new BudgetChanges(options);
  }

  private constructor(options: BudgetChangesOptions) {
    this.#options = options;
  }

  /**
   * Makes a budget, or replaces the version that is named.
   *
   * @param parse - reads what is asked; what it throws is audited too
   * @returns the version it is now.
   * @throws NotAllowedError unless the caller may budget what it is for, and what it was
   * for until now; ConflictError when there is one, or it is of another version by now.
   */
  async put(
    call: BudgetCall,
    parse: () => { budget: BudgetDefinition; version?: number },
  ): Promise<StoredBudget> {
    return this.#audited('budget-write', call, async () => {
      const id = newBudgetId(call.id);
      const { budget, version } = parse();
      const stores = await this.#requireAllowed(budget, call.credentials);
      const problem = budgetProblem(budget, {
        currencies: this.#options.currencies.all,
        tags: this.#options.config.bill.tags,
      });
      if (problem) {
        throw new InputError(`budget.${problem}`);
      }
      const next = { id, budget, version: (version ?? 0) + 1 };
      const before = await this.#write(stores, call, next);
      return {
        result: next,
        meta: {
          scope: describeBudgetScope(budget.scope),
          amount: `${budget.amount} ${budget.currency}`,
          version: next.version,
          ...(before && {
            amountBefore: `${before.budget.amount} ${before.budget.currency}`,
          }),
        },
      };
    });
  }

  /** Removes a budget of the version that is named. @throws as {@link BudgetChanges.put} */
  async remove(call: BudgetCall, parse: () => number): Promise<void> {
    await this.#audited('budget-delete', call, async () => {
      const version = parse();
      const id = newBudgetId(call.id);
      const { found, stores } = await this.#find(id, call.credentials);
      if (found.version !== version) {
        throw changedMeanwhile();
      }
      if (!(await stores.budgets.remove(id, version))) {
        throw changedMeanwhile();
      }
      const { scope, amount, currency } = found.budget;
      return {
        result: undefined,
        meta: {
          scope: describeBudgetScope(scope),
          amountBefore: `${amount} ${currency}`,
        },
      };
    });
  }

  /** @returns what it was before; undefined when it is new. */
  async #write(
    { budgets }: ScopedStores,
    { credentials }: BudgetCall,
    next: StoredBudget,
  ): Promise<StoredBudget | undefined> {
    const change = {
      by: credentials.principal.userEntityRef,
      at: this.#options.now(),
    };
    if (next.version === 1) {
      await budgets.insert(next.id, next.budget, change);
      return undefined;
    }
    const { found: before } = await this.#find(next.id, credentials);
    const version = next.version - 1;
    if (!(await budgets.update({ ...next, version }, change))) {
      throw changedMeanwhile();
    }
    return before;
  }

  /** The budget, for who may change it. @throws NotFoundError for who may not see it, either. */
  async #find(
    id: string,
    credentials: BackstageCredentials,
  ): Promise<{ found: StoredBudget; stores: ScopedStores }> {
    const { collection, scopes } = this.#options;
    const found = await (
      await scopes.openToBudget(credentials)
    )?.budgets.find(id);
    if (!found) {
      throw new NotFoundError(
        `There is no budget ${id}; somebody may have removed it meanwhile`,
      );
    }
    try {
      const stores = await this.#requireAllowed(found.budget, credentials);
      return { found, stores };
    } catch (error) {
      // Who may not see it is not told that it is there.
      await collection.one(await scopes.open('fleet', credentials), id);
      throw error;
    }
  }

  async #requireAllowed(
    { scope }: BudgetDefinition,
    credentials: BackstageCredentials,
  ): Promise<ScopedStores> {
    const { scopes, config, now } = this.#options;
    const writable = await scopes.openToBudget(credentials);
    const systems =
      scope.type === 'domain'
        ? (await systemsOfDomains([{ scope }], this.#options)).get(
            scope.entityRef,
          ) ?? []
        : undefined;
    const [allowed] = writable
      ? await writable.budgetScopes.mayWrite(
          [
            {
              scope,
              readFrom: now().toISOString().slice(0, 10),
              ...(systems && { systems }),
            },
          ],
          config.timezone,
        )
      : [false];
    if (!writable || !allowed) {
      throw new NotAllowedError(
        `You need the permission ${
          costBudgetWritePermission.name
        } on ${describeBudgetScope(scope)} to budget it`,
      );
    }
    return writable;
  }

  async #audited<T>(
    eventId: 'budget-write' | 'budget-delete',
    { request, id }: BudgetCall,
    work: () => Promise<{ result: T; meta: Record<string, string | number> }>,
  ): Promise<T> {
    const event = await this.#options.auditor.createEvent({
      eventId,
      request,
      severityLevel: 'medium',
      meta: { budgetId: id.slice(0, 64) },
    });
    try {
      const { result, meta } = await work();
      await event.success({ meta });
      return result;
    } catch (error) {
      await event.fail({ error: toError(error) });
      throw error;
    }
  }
}

function changedMeanwhile(): ConflictError {
  return new ConflictError(
    'Somebody changed this budget meanwhile; load it again and repeat the change',
  );
}
