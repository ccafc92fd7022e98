import { Knex } from 'knex';

/** Plans that did nothing and that nobody decided on are kept for so long … */
const SHOWN_DAYS = 3;
/** … and all others for so long. The ledger stands by itself. */
const ACTED_DAYS = 400;
/** Deleted at a time. */
const SLICE = 2000;

/** Deletes plans that are long over. @returns how many. */
export async function deleteOldPlans(
  knex: Knex,
  prefix: string,
): Promise<number> {
  let deleted = 0;
  for (;;) {
    const { rowCount } = await knex.raw(
      `DELETE FROM ${prefix}_plans WHERE id IN (
         SELECT p.id FROM ${prefix}_plans p
         WHERE p.closed_at < clock_timestamp() - ${SHOWN_DAYS} * interval '1 day'
           AND NOT EXISTS (SELECT 1 FROM ${prefix}_actions a WHERE a.plan_id = p.id
             AND a.state IN ('intended', 'unresolved', 'done'))
           AND (p.closed_at < clock_timestamp() - ${ACTED_DAYS} * interval '1 day'
             OR NOT EXISTS (SELECT 1 FROM ${prefix}_actions a WHERE a.plan_id = p.id AND a.intent_at IS NOT NULL)
               AND NOT EXISTS (SELECT 1 FROM ${prefix}_decisions d WHERE d.plan_id = p.id))
         LIMIT ${SLICE})`,
    );
    deleted += rowCount;
    if (rowCount < SLICE) {
      return deleted;
    }
  }
}

/** Keys of what was told once are kept for so long. */
const TOLD_DAYS = 400;

/** Forgets what was told long ago. */
export async function forgetTold(knex: Knex, prefix: string): Promise<void> {
  await knex.raw(
    `DELETE FROM ${prefix}_told WHERE at < clock_timestamp() - ${TOLD_DAYS} * interval '1 day'`,
  );
}
