import { Knex } from 'knex';

/** There are other items than those that owners were decided of, in the transaction that brings them. */
export async function forgetDecided(tx: Knex): Promise<void> {
  await decideWith(tx, null);
}

/** What the owners of all items were decided with; undefined when some may have none decided. */
export async function decidedWith(knex: Knex): Promise<string | undefined> {
  const row = await knex('cost_bill_ownership').first('decided_with');
  return row?.decided_with ?? undefined;
}

export async function decideWith(
  tx: Knex,
  decided: string | null,
): Promise<void> {
  await tx.raw(
    'UPDATE cost_bill_ownership SET decided_with = ? WHERE decided_with IS DISTINCT FROM ?',
    [decided, decided],
  );
}
