import { sayActing, targetKey } from '@headroom/common';
import { Knex } from 'knex';
import { ActingContext, ActuatorError } from '../actuators';
import { ActionRecord, ActionStore } from '../stores/ActionStore';
import { standingOf } from './judge';
import { Reach } from './Reach';

/**
 * Tries what waits for an action of the same group, before the action is done: half of
 * a change that can't be finished, as a permission is missing, isn't begun.
 *
 * @throws ActuatorError as the actuator does
 */
export async function rehearse(
  { knex, actions, reach }: { knex: Knex; actions: ActionStore; reach: Reach },
  record: ActionRecord,
  context: ActingContext,
): Promise<void> {
  const { row } = record;
  if (row.planned.group === undefined || row.undo_of !== null) {
    return;
  }
  for (const other of await actions.partners(knex, record, [
    'approved',
    'vetoed',
  ])) {
    const { waitsFor, ...planned } = other.row.planned;
    if (waitsFor && targetKey(waitsFor.target) === row.target_key) {
      const free = { ...other, row: { ...other.row, planned } };
      const sighting = await reach.look(free, context.signal);
      if (standingOf(planned.changes, sighting).is === 'other') {
        throw new ActuatorError({
          kind: 'invalid',
          said: sayActing('partnerChanged', { object: planned.subject }),
        });
      }
      await reach.dryRun(free, sighting, context);
    }
  }
}
