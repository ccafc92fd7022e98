import { integerArray, mapInTurns, textArray } from '@headroom/node';
import { Knex } from 'knex';
import { partsSql, ScopeQuestion } from './budgetParts';

/** A container of a scope, and the days on which it is that: `container cluster since until idle`. */
export type PartText = string;

/** A part that is asked for, for the scope of a place, from a day on. */
export interface AskedPart {
  /** Place of the scope, from 1. */
  no: number;
  part: PartText;
  from: string;
  /** Only days before it; absent = all. */
  until?: string;
}

/** Ids of the clusters that parts are in. */
export function clustersOf(parts: readonly PartText[]): number[] {
  return [...new Set(parts.map(part => Number(part.split(' ')[1])))];
}

/** What scopes are made of, in their order. One query. */
export async function readParts(
  knex: Knex,
  scopes: readonly ScopeQuestion[],
  timezone: string,
): Promise<PartText[][]> {
  const { sql, bindings } = partsSql(scopes, timezone);
  const { rows } = await knex.raw(
    `${sql} SELECT no, string_agg(container_id || ' ' || cluster_id || ' ' || since || ' ' || to_day || ' ' || is_idle::integer, ','
       ORDER BY container_id, since) AS parts FROM parts GROUP BY no`,
    bindings,
  );
  const parts = scopes.map((): PartText[] => []);
  await mapInTurns(rows, (row: { no: number; parts: string }) => {
    parts[row.no - 1] = row.parts.split(',');
  });
  return parts;
}

/** All parts of scopes, each from the first day that is asked for. */
export function askParts(
  scopes: readonly ScopeQuestion[],
  parts: readonly PartText[][],
): AskedPart[] {
  return parts.flatMap((each, index) =>
    each.map(part => ({ no: index + 1, part, from: scopes[index].readFrom })),
  );
}

/** Names of the clusters that scopes have containers in, in the order of scopes. One query. */
export async function readClusterNames(
  knex: Knex,
  parts: readonly PartText[][],
): Promise<string[][]> {
  const rows = await knex('cost_clusters').select('id', 'name');
  const names = new Map<number, string>(rows.map(({ id, name }) => [id, name]));
  return mapInTurns(parts, each =>
    clustersOf(each)
      .flatMap(id => names.get(id) ?? [])
      .sort(),
  );
}

/**
 * Parts that are known, as the table `p (no, container_id, cluster_id, from_day, to_day,
 * is_idle)` of the bindings of {@link partBindings}. PostgreSQL sees how many they are,
 * which it can't of parts that the same statement finds: of a single service it would
 * read all days there are.
 */
export const PARTS =
  'unnest(?::integer[], ?::integer[], ?::integer[], ?::date[], ?::date[], ?::boolean[]) AS p (no, container_id, cluster_id, from_day, to_day, is_idle)';

/** What {@link PARTS} is of. */
export async function partBindings(
  asked: readonly AskedPart[],
): Promise<Knex.Value[]> {
  const parts = await mapInTurns(asked, ({ no, part, from, until }) => {
    const [container, cluster, since, end, idle] = part.split(' ');
    return {
      no,
      container: Number(container),
      cluster: Number(cluster),
      // `-infinity` is before all days.
      from: since > from && since !== '-infinity' ? since : from,
      // `infinity` is after all days.
      until:
        until !== undefined && (end === 'infinity' || until < end)
          ? until
          : end,
      idle: idle === '1' ? 'true' : 'false',
    };
  });
  return [
    integerArray(parts.map(({ no }) => no)),
    integerArray(parts.map(({ container }) => container)),
    integerArray(parts.map(({ cluster }) => cluster)),
    textArray(parts.map(({ from }) => from)),
    textArray(parts.map(({ until }) => until)),
    textArray(parts.map(({ idle }) => idle)),
  ];
}
