import { sayActing, Veto } from '@headroom/common';
import { Question } from './Guard';

/** Somebody stopped everything, or what is done to this service; also what is taken back. */
export const killSwitch = ({
  asked,
  engine,
}: Pick<Question, 'asked' | 'engine'>): Veto[] =>
  engine.killSwitches
    .filter(
      ({ on, entityRef }) =>
        on && (entityRef === undefined || entityRef === asked.action.entityRef),
    )
    .map(({ entityRef, by, reason }) => ({
      guard: 'kill-switch',
      reason:
        entityRef === undefined
          ? sayActing('killSwitchAll', { by, reason })
          : sayActing('killSwitchEntity', { by, reason, entity: entityRef }),
    }));
