import { CLOUD_RESOURCE } from '@headroom/common';
import { Fence, integerArray, textArray } from '@headroom/node';
import { OwnedItem } from '@headroom/plugin-cost-common';
import { Knex } from 'knex';
import { decidedWith, decideWith } from './billOwnership';

/** An item of a bill, and whose it is by now. */
export interface OwnedRow extends OwnedItem {
  id: number;
  entityRef: string | null;
}

/** Whose charges are that no machine of a cluster has. */
export class BillOwnerStore {
  readonly #knex: Knex;
  readonly #fence: Fence;

  static create(options: { knex: Knex; fence: Fence }) {
    return new BillOwnerStore(options);
  }

  private constructor({ knex, fence }: { knex: Knex; fence: Fence }) {
    this.#knex = knex;
    this.#fence = fence;
  }

  /** What is in the catalog, by reference and by name, with where it is registered and the cloud's resources it names, but for the location in lower case. */
  async services(): Promise<
    Array<{
      entityRef: string;
      name: string;
      location: string | null;
      resources: string | null;
    }>
  > {
    const { rows } = await this.#knex.raw(
      `SELECT lower(entity_ref) AS "entityRef", lower(name) AS name, location, lower(annotations ->> ?) AS resources
       FROM cost_entities WHERE vanished_at IS NULL`,
      [CLOUD_RESOURCE],
    );
    return rows;
  }

  /**
   * Items in the order of their ids, after one: with `onlyTagged` those that a tag may
   * say the owner of, or that have one.
   */
  async page(
    after: number,
    limit: number,
    { onlyTagged }: { onlyTagged: boolean },
  ): Promise<OwnedRow[]> {
    const { rows } = await this.#knex.raw(
      `SELECT id, provider, billing_account AS "billingAccount", sub_account AS "subAccount", service,
         resource_id AS "resourceId", tags, entity_ref AS "entityRef"
       FROM cost_bill_items WHERE id > ? AND (NOT ? OR tags <> '{}' OR entity_ref IS NOT NULL)
       ORDER BY id LIMIT ?`,
      [after, onlyTagged, limit],
    );
    return rows;
  }

  /** What the owners of all items were decided with; undefined when there are new ones since. */
  async decidedWith(): Promise<string | undefined> {
    return decidedWith(this.#knex);
  }

  /** Remembers that, or that it is being decided anew. */
  async decideWith(decided: string | undefined): Promise<void> {
    await this.#fence.write(this.#knex, tx => decideWith(tx, decided ?? null));
  }

  async assign(
    owners: ReadonlyArray<{ id: number; entityRef: string | null }>,
  ): Promise<void> {
    if (owners.length > 0) {
      await this.#fence.write(this.#knex, async tx => {
        await tx.raw(
          `UPDATE cost_bill_items i SET entity_ref = o.entity_ref
           FROM unnest(?::integer[], ?::text[]) AS o (id, entity_ref) WHERE o.id = i.id`,
          [
            integerArray(owners.map(({ id }) => id)),
            textArray(owners.map(({ entityRef }) => entityRef)),
          ],
        );
      });
    }
  }
}
