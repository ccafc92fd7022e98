import { mapInTurns, textArray } from '@headroom/node';
import { Knex } from 'knex';
import { MOVED, OWN } from '../amounts';
import { DAY_NUMBER, ScopeDay, unpackDays } from './scopeDays';
import { AskedPart, partBindings, PARTS } from './scopeParts';

/**
 * What parts cost by day, by place; a day that cost nothing is absent. One query.
 *
 * @param days - these alone; absent = all
 */
export async function sumParts(
  knex: Knex,
  asked: readonly AskedPart[],
  days?: readonly string[],
): Promise<Map<number, ScopeDay[]>> {
  if (asked.length === 0 || days?.length === 0) {
    return new Map();
  }
  const { rows } = await knex.raw(
    `WITH sums AS (
       SELECT p.no, ${DAY_NUMBER} AS day, coalesce(sum(${OWN}) FILTER (WHERE NOT p.is_idle), 0) AS own, sum(${OWN} + ${MOVED}) AS shared
       FROM ${PARTS} JOIN cost_days d ON d.container_id = p.container_id AND d.day >= p.from_day AND d.day < p.to_day ${
      days ? 'AND d.day = ANY (?::date[])' : ''
    }
       GROUP BY 1, 2
     ) SELECT no, string_agg(day || ' ' || own || ' ' || shared, ',') AS days FROM sums GROUP BY no`,
    [...(await partBindings(asked)), ...(days ? [textArray([...days])] : [])],
  );
  return new Map(
    await mapInTurns(
      rows,
      ({ no, days: text }: { no: number; days: string }) =>
        [no, unpackDays(text)] as const,
    ),
  );
}
