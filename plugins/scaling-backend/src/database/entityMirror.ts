import { EntityMirror } from '@headroom/node';
import { Knex } from 'knex';
import { PREFIX } from './openDatabase';

/** Keys of the annotations by which an entity makes policies. */
export const POLICY_ANNOTATIONS = /^headroom\.io\//;

/** The catalog as scaling needs it. */
export function createEntityMirror({ knex }: { knex: Knex }): EntityMirror {
  return EntityMirror.create({ knex, prefix: PREFIX });
}
