import { Fence, inSnapshot, mapInTurns } from '@headroom/node';
import { budgetScopeKey } from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { BudgetCosts } from '../../database/budgets/BudgetCostStore';
import {
  BudgetDayStore,
  KeptScope,
} from '../../database/budgets/BudgetDayStore';
import { ScopeQuestion } from '../../database/budgets/budgetParts';
import {
  packDays,
  ScopeDay,
  unpackDays,
} from '../../database/budgets/scopeDays';
import {
  AskedPart,
  PartText,
  readClusterNames,
  readParts,
} from '../../database/budgets/scopeParts';
import { sumParts } from '../../database/budgets/sumParts';

/** @internal */
export interface RememberedCostsOptions {
  knex: Knex;
  fence: Fence;
  timezone: string;
  /** What is asked each time. */
  costs: BudgetCosts;
}

/** What is asked of one scope, and what of it is kept. */
interface Wanted {
  question: ScopeQuestion;
  scope: string;
  parts: PartText[];
  /** Days that still hold; absent = nothing does. */
  held?: ScopeDay[];
  /** Nothing of it is another than what is kept. */
  isSame: boolean;
}

/**
 * What scopes cost by day, the same as {@link BudgetCosts.days} says, by as much of it as
 * is new: days that were summed again since, and containers that were not of a scope
 * before. A scope that has lost a container, or is asked for from an earlier day on, is
 * summed anew. What was summed is kept for the next evaluation, also of another process.
 */
export class RememberedCosts implements BudgetCosts {
  readonly #options: RememberedCostsOptions;
  /** Of the questions that were answered. */
  readonly #clusters = new WeakMap<readonly ScopeQuestion[], string[][]>();

  static create(options: RememberedCostsOptions) {
    return new RememberedCosts(options);
  }

  private constructor(options: RememberedCostsOptions) {
    this.#options = options;
  }

  edges: BudgetCosts['edges'] = (...args) => this.#options.costs.edges(...args);
  billedThrough: BudgetCosts['billedThrough'] = () =>
    this.#options.costs.billedThrough();
  billedDays: BudgetCosts['billedDays'] = scopes =>
    this.#options.costs.billedDays(scopes);

  async clusters(scopes: readonly ScopeQuestion[]): Promise<string[][]> {
    return this.#clusters.get(scopes) ?? this.#options.costs.clusters(scopes);
  }

  async days(scopes: readonly ScopeQuestion[]): Promise<ScopeDay[][]> {
    const { knex, fence } = this.#options;
    const { days, clusters, summed, changes } = await inSnapshot(knex, tx =>
      this.#read(tx, scopes),
    );
    this.#clusters.set(scopes, clusters);
    await fence.write(knex, tx =>
      BudgetDayStore.create({ knex: tx }).keep(
        summed,
        scopes.map(({ scope }) => budgetScopeKey(scope)),
        changes,
      ),
    );
    return days;
  }

  async #read(tx: Knex, scopes: readonly ScopeQuestion[]) {
    const store = BudgetDayStore.create({ knex: tx });
    const kept = await store.kept();
    const parts = await readParts(tx, scopes, this.#options.timezone);
    const since = scopes.map(({ readFrom }) => readFrom).sort()[0];
    const changes = await store.changes(since);
    const changedDays = new Set(changes.map(({ day }) => day));

    const added: AskedPart[] = [];
    const again: AskedPart[] = [];
    const wanted = await mapInTurns(scopes, (question, index) => {
      const scope = budgetScopeKey(question.scope);
      const before = usable(kept.get(scope), question, parts[index]);
      const old = new Set(before?.parts.split(',') ?? []);
      const ask = (part: PartText) => ({
        no: index + 1,
        part,
        from: question.readFrom,
      });
      const isNew = (part: PartText) => !old.has(part);
      added.push(...parts[index].filter(isNew).map(ask));
      again.push(...parts[index].filter(part => old.has(part)).map(ask));
      return {
        question,
        scope,
        parts: parts[index],
        ...(before && {
          held: unpackDays(before.days).filter(
            ({ day }) => day >= question.readFrom && !changedDays.has(day),
          ),
        }),
        isSame:
          before !== undefined &&
          changes.length === 0 &&
          !parts[index].some(isNew),
      };
    });
    const whole = await sumParts(tx, added);
    const renewed = await sumParts(tx, again, [...changedDays]);
    const days = await mapInTurns(wanted, ({ held = [] }, index) =>
      sumDays(held, whole.get(index + 1) ?? [], renewed.get(index + 1) ?? []),
    );
    return {
      days,
      clusters: await readClusterNames(tx, parts),
      summed: await toKept(wanted, days),
      changes,
    };
  }
}

/** What is kept of a scope, where it still says something of what the scope is now. */
function usable(
  kept: KeptScope | undefined,
  { readFrom }: ScopeQuestion,
  parts: readonly PartText[],
): KeptScope | undefined {
  if (!kept || kept.readFrom > readFrom || kept.parts === '') {
    return undefined;
  }
  const now = new Set(parts);
  return kept.parts.split(',').every(part => now.has(part)) ? kept : undefined;
}

function sumDays(...all: ScopeDay[][]): ScopeDay[] {
  const sums = new Map<string, ScopeDay>();
  for (const each of all.flat()) {
    const { day, own, shared } = each;
    const sum = sums.get(day);
    sums.set(
      day,
      sum ? { day, own: sum.own + own, shared: sum.shared + shared } : each,
    );
  }
  return [...sums.values()];
}

async function toKept(
  wanted: readonly Wanted[],
  days: readonly ScopeDay[][],
): Promise<KeptScope[]> {
  const kept = await mapInTurns(
    wanted,
    ({ scope, question, parts, isSame }, index): KeptScope[] =>
      isSame
        ? []
        : [
            {
              scope,
              readFrom: question.readFrom,
              parts: parts.join(','),
              days: packDays(days[index]),
            },
          ],
  );
  return kept.flat();
}
