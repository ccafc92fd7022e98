import { Knex } from 'knex';
import { DELIVERED } from '../isBillSplit';
import { partsSql, ScopeQuestion } from './budgetParts';

/**
 * Of scopes, in their order, a text that is another one when what is charged for it may
 * be: another bill, other owners of charges, a bill that was split anew, or other services
 * and containers of the scope. Two queries.
 *
 * @returns undefined while the owners of charges are being decided
 */
export async function billedMarks(
  knex: Knex,
  scopes: readonly ScopeQuestion[],
  timezone: string,
): Promise<string[] | undefined> {
  const {
    rows: [bill],
  } = await knex.raw(
    `SELECT (SELECT decided_with FROM cost_bill_ownership) AS decided, concat_ws(' ', ${DELIVERED},
       (SELECT md5(string_agg(fingerprint, ',' ORDER BY period)) FROM cost_bill_shared)) AS stamp`,
  );
  if (bill.decided === null) {
    return undefined;
  }
  const { sql, bindings } = partsSql(scopes, timezone);
  const { rows } = await knex.raw(
    `${sql} SELECT no, md5(string_agg(part, ',' ORDER BY part)) AS made FROM (
       SELECT no, concat_ws(' ', container_id, since, to_day) AS part FROM parts
       UNION ALL SELECT p.no, concat_ws(' ', e.entity_ref, p.from_day, p.to_day) FROM spans p JOIN cost_entities e ON e.id = p.entity_id
     ) parts GROUP BY no`,
    bindings,
  );
  const made = new Map<number, string>(
    rows.map(({ no, made: text }: { no: number; made: string }) => [no, text]),
  );
  return scopes.map((_, index) =>
    [bill.decided, bill.stamp, made.get(index + 1)].join(' '),
  );
}
