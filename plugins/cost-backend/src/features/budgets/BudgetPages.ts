import {
  BackstageCredentials,
  BackstageUserPrincipal,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { BudgetList, BudgetRow } from '@headroom/plugin-cost-common';
import { CostConfig } from '../../core/config/CostConfig';
import { CostScopes } from '../../core/CostScopes';
import { Currencies } from '../../core/Currencies';
import { StoredStatus } from '../../database/budgets/budgetRecords';
import { BudgetFilter } from '../../database/budgets/BudgetStore';
import { ScopedStores } from '../../database/ScopedStores';
import { BudgetCollection } from './BudgetCollection';
import { ListedBudget } from './collectBudgets';
import { PageRequest, pageOfBudgets } from './pageOfBudgets';
import { notified, refOf, toRow } from './toRow';

/** @internal */
export interface BudgetPagesOptions {
  scopes: CostScopes;
  config: CostConfig;
  currencies: Currencies;
  collection: BudgetCollection;
  userInfo: UserInfoService;
  /** Names of the clusters whose costs come from a simulation. */
  simulated: ReadonlySet<string>;
}

/** Whose budgets are listed: of an entity and what is below it, of a user's own teams, or all. */
export type BudgetOwner =
  | { entityRef: string }
  | { mine: BackstageCredentials<BackstageUserPrincipal> }
  | undefined;

type Statuses = ReadonlyMap<string, StoredStatus>;

/** What is listed of a budget, before who may change it and who is told. */
type Row = Omit<BudgetRow, 'notified' | 'isEditable'> & {
  listed: ListedBudget;
};

/** Lists of the budgets whose cost a caller may see as a whole, as they were last evaluated. */
export class BudgetPages {
  readonly #options: BudgetPagesOptions;
  #all?: { listed: readonly ListedBudget[]; statuses: Statuses; rows: Row[] };

  static create(options: BudgetPagesOptions) {
    return new BudgetPages(options);
  }

  private constructor(options: BudgetPagesOptions) {
    this.#options = options;
  }

  /** @throws as {@link CostScopes.read} */
  async list(
    owner: BudgetOwner,
    request: PageRequest,
    credentials: BackstageCredentials,
  ): Promise<BudgetList> {
    const { scopes, config, currencies, collection, simulated } = this.#options;
    const entityRef =
      owner && 'entityRef' in owner ? owner.entityRef : undefined;
    // Not in a snapshot: what may be written is read elsewhere, and the catalog is asked.
    const [writable, at] = await Promise.all([
      scopes.openToBudget(credentials),
      scopes.open('fleet', credentials),
    ]);
    const [asked, all] = await Promise.all([
      this.#asked(at, owner),
      owner ? undefined : at.budgets.statuses(),
    ]);
    const seen = await collection.covered(at, asked);
    const rows =
      all && at.scope.seesEverything
        ? this.#allRows(asked, all)
        : rowsOf(
            seen,
            all ?? (await at.budgets.statuses(seen.map(({ id }) => id))),
          );
    const { page, ...counts } = pageOfBudgets(rows, request);
    const own = entityRef === undefined ? undefined : ownOf(rows, entityRef);
    const shown = own && !page.includes(own) ? [...page, own] : page;
    const [editable, owners, statusOf] = await Promise.all([
      collection.editable(
        writable,
        shown.map(({ listed }) => listed),
      ),
      at.budgetScopes.owners(shown.flatMap(({ listed }) => refOf(listed))),
      this.#seenStatuses(at, shown),
    ]);
    const finish = ({ listed, status: _, ...row }: Row): BudgetRow => ({
      ...row,
      ...statusOf.get(row.id),
      notified: notified(row.budget, owners),
      isEditable: editable.has(row.id),
    });
    return {
      budgets: page.map(finish),
      ...counts,
      ...(own && { own: finish(own) }),
      restricted: seen.length < asked.length,
      mayCreate:
        writable !== undefined &&
        (entityRef === undefined ||
          (await writable.budgetScopes.has(entityRef))),
      currencies: currencies.all,
      timezone: config.timezone,
      simulated: simulated.size > 0,
    };
  }

  /** By id; how a period before ended is for who may see all that it was for then. */
  async #seenStatuses(
    at: ScopedStores,
    rows: readonly Row[],
  ): Promise<Map<string, Pick<BudgetRow, 'status'>>> {
    const closed = rows.flatMap(({ id, listed, status }) =>
      status?.closed ? [{ id, listed, period: status.closed }] : [],
    );
    const covered = await this.#options.collection.coveredIn(at, closed);
    const unseen = new Set(
      closed.flatMap(({ id }, index) => (covered[index] ? [] : [id])),
    );
    return new Map(
      rows.map(({ id, status }) => [
        id,
        status && unseen.has(id)
          ? { status: { ...status, closed: undefined } }
          : { ...(status && { status }) },
      ]),
    );
  }

  /** Of who sees everything: the very same rows while budgets and statuses are the same. */
  #allRows(listed: readonly ListedBudget[], statuses: Statuses): Row[] {
    const known = this.#all;
    if (known?.listed === listed && known.statuses === statuses) {
      return known.rows;
    }
    const rows = rowsOf(listed, statuses);
    this.#all = { listed, statuses, rows };
    return rows;
  }

  async #asked(
    at: ScopedStores,
    owner: BudgetOwner,
  ): Promise<readonly ListedBudget[]> {
    const { collection, userInfo } = this.#options;
    if (!owner) {
      return collection.collect(at);
    }
    if ('entityRef' in owner) {
      return collection.collect(at, await below(at, owner.entityRef));
    }
    const { ownershipEntityRefs } = await userInfo.getUserInfo(owner.mine);
    const mine = new Set(
      ownershipEntityRefs.map(ref => ref.toLocaleLowerCase('en-US')),
    );
    const owned = await at.budgetScopes.ownedBy([...mine]);
    const all = await collection.collect(at);
    return all.filter(({ budget: { scope, notify } }) => {
      const isOwned = 'entityRef' in scope && owned.has(scope.entityRef);
      return (
        ('entityRef' in scope &&
          mine.has(scope.entityRef.toLocaleLowerCase('en-US'))) ||
        notify.some(ref => mine.has(ref.toLocaleLowerCase('en-US'))) ||
        (notify.length === 0 && isOwned)
      );
    });
  }
}

function rowsOf(seen: readonly ListedBudget[], statuses: Statuses): Row[] {
  const ids = new Set(seen.map(({ id }) => id));
  return seen.map(listed => ({
    listed,
    ...toRow(listed, statuses.get(listed.id), ids),
  }));
}

/** The one for an entity itself that counts: of a month where it has one. */
function ownOf(rows: readonly Row[], entityRef: string): Row | undefined {
  const own = rows.filter(
    ({ budget: { scope }, overruledBy }) =>
      overruledBy === undefined &&
      'entityRef' in scope &&
      scope.entityRef === entityRef,
  );
  return own.find(({ budget }) => budget.period.type === 'month') ?? own[0];
}

/** Budgets of an entity, and of a group also of the groups below it and the services of all of them. */
async function below(
  at: ScopedStores,
  entityRef: string,
): Promise<BudgetFilter> {
  const groups = await at.catalog.groupsBelow(entityRef);
  if (groups.length === 0) {
    return { refs: new Set([entityRef]), ids: new Set() };
  }
  const owned = at.of({ kind: 'owners', groups });
  const { seen } = await owned.catalog.services();
  return {
    refs: new Set([
      entityRef,
      ...groups,
      ...seen.map(service => service.entityRef),
    ]),
    ids: new Set(),
  };
}
