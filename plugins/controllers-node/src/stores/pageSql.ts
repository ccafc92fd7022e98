import { InputError } from '@backstage/errors';
import { SqlFragment } from '@headroom/node';
import { PageQuery } from './pages';

export const DEFAULT_LIMIT = 50;
const MOST_ROWS = 200;

/** Conditions that all hold. */
export class Conditions {
  readonly #sql: string[] = [];
  readonly bindings: Array<string | number> = [];

  add(sql: string, ...bindings: Array<string | number>): this {
    this.#sql.push(sql);
    this.bindings.push(...bindings);
    return this;
  }

  get sql(): string {
    return this.#sql.length > 0
      ? this.#sql.map(each => `(${each})`).join(' AND ')
      : 'true';
  }
}

/** Whether a row's entity is of a scope; what is nobody's is of none. */
export function inScope(
  prefix: string,
  column: string,
  { sql, bindings }: SqlFragment,
): SqlFragment {
  return {
    sql: `EXISTS (SELECT 1 FROM ${prefix}_entities e WHERE e.entity_ref = ${column} AND (${sql}))`,
    bindings,
  };
}

/** What is asked for of rows that have a target. */
export function addTarget(
  conditions: Conditions,
  alias: string,
  { cluster, namespace, entityRef }: PageQuery,
): void {
  if (cluster !== undefined) {
    conditions.add(`${alias}.cluster = ?`, cluster);
  }
  if (namespace !== undefined) {
    conditions.add(`${alias}.namespace = ?`, namespace);
  }
  if (entityRef !== undefined) {
    conditions.add(`${alias}.entity_ref = ?`, entityRef);
  }
}

/** A pattern of what has a text in it. */
export function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}

export function limitOf({ limit = DEFAULT_LIMIT }: PageQuery): number {
  return Math.min(Math.max(1, limit), MOST_ROWS);
}

/**
 * The row after which a page begins.
 *
 * @throws InputError when it was made by nobody here.
 */
export function afterOf({ cursor }: PageQuery): string | undefined {
  if (cursor !== undefined && !/^\d{1,18}$/.test(cursor)) {
    throw new InputError(
      `cursor is '${cursor.slice(
        0,
        100,
      )}'; it must be the cursor of the page before`,
    );
  }
  return cursor;
}
