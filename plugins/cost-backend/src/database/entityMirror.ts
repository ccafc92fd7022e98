import { LinkableEntity } from '@headroom/common';
import {
  ENTITY_GRACE,
  EntityMirror,
  PartedName,
  textArray,
} from '@headroom/node';
import { Knex } from 'knex';
import { toLinkable } from './toLinkable';

/** Keys of the annotations that are kept: those by which an entity claims workloads or resources of the cloud, or declares a budget. */
export const CLAIMING_ANNOTATIONS =
  /^(backstage\.io\/kubernetes-|headroom\.io\/(budget($|-)|cloud-resource$))/;

/** Workloads or units that are counted for it, or workloads that another has from it. */
const HAS_HISTORY = `EXISTS (SELECT 1 FROM cost_links l WHERE l.entity_id = e.id)
  OR EXISTS (SELECT 1 FROM cost_links l WHERE l.taken_from = e.id)
  OR EXISTS (SELECT 1 FROM cost_unit_days u WHERE u.entity_ref = e.entity_ref)`;

/**
 * What an entity took over from another of its owner goes back at once when it is
 * somebody else's: nobody may see it for the moment until links are made anew.
 */
const GIVE_BACK = `
  UPDATE cost_links l SET entity_id = l.taken_from, taken_from = NULL
  FROM cost_entities e, cost_entities f
  WHERE e.id = l.entity_id AND f.id = l.taken_from
    AND f.owner_refs <@ l.owner_refs AND NOT (e.owner_refs <@ l.owner_refs)`;

/**
 * What it had before others of its owner, who claimed it no later, is nobody's until
 * it is settled anew; so is what it took over and can't give back, because who had it
 * has other owners by now.
 */
const LET_GO = `
  WITH gone AS (
    DELETE FROM cost_links l USING cost_entities e
    WHERE e.id = l.entity_id AND e.vanished_at IS NULL
      AND (l.shared OR l.taken_from IS NOT NULL)
      AND NOT (e.owner_refs <@ l.owner_refs) AND l.provenance <> 'config'
    RETURNING l.container_id
  )
  UPDATE cost_containers SET link_stale = true WHERE id IN (SELECT container_id FROM gone)`;

/** What an entity that has been gone for long still has, and others claim, is linked again. Bound: the time it is. */
const RELEASE_VANISHED = `
  UPDATE cost_containers SET link_stale = true WHERE id IN (
    SELECT l.container_id FROM cost_links l
    JOIN cost_entities e ON e.id = l.entity_id AND e.vanished_at <= ?::timestamptz - ${ENTITY_GRACE}
    JOIN cost_rival_claims r ON r.container_id = l.container_id AND r.reason = 'held')`;

/** The catalog as costs need it: a reading that changes who may have what settles the links with it. */
export function createEntityMirror({ knex }: { knex: Knex }): EntityMirror {
  return EntityMirror.create({
    knex,
    prefix: 'cost',
    hasHistory: HAS_HISTORY,
    onParted: moveUnits,
    async onWritten(tx, now) {
      await tx.raw(GIVE_BACK);
      await tx.raw(LET_GO);
      await tx.raw(RELEASE_VANISHED, [now]);
    },
    async onClaimsChanged(tx) {
      await tx('cost_containers')
        .where({ bucket: 'workload' })
        .update({ link_stale: true });
    },
  });
}

/** Entities that workloads can be linked to, and those that may keep what they had, with their ids. */
export async function listLinkable(
  mirror: EntityMirror,
  tx: Knex,
): Promise<Array<LinkableEntity & { id: number }>> {
  const entities = await mirror.listEntities(tx);
  return entities.map(entity => ({
    ...toLinkable(entity),
    id: entity.id,
    entityRef: entity.entityRef,
    claimsSince: entity.claimsSince,
    ownersSince: entity.ownersSince,
    ...(entity.isVanished && { vanished: true }),
    ...(entity.isMoved && { moved: true }),
  }));
}

const NAMED_TABLES = [
  'cost_unit_hours',
  'cost_unit_days',
  'cost_level_hours',
  'cost_level_days',
];

/** Units and service levels are kept by name; those of who had it stay its own. */
async function moveUnits(tx: Knex, parted: PartedName[]): Promise<void> {
  const names = textArray(parted.map(({ name }) => name));
  const formers = textArray(parted.map(({ former }) => former));
  for (const table of NAMED_TABLES) {
    await tx.raw(
      `UPDATE ${table} u SET entity_ref = r.former
       FROM unnest(?::text[], ?::text[]) AS r (name, former) WHERE u.entity_ref = r.name`,
      [names, formers],
    );
  }
}
