import { sayActing } from '@headroom/common';
import { takesCapacity } from './direction';
import { FreezeWindow } from './facts';
import { Guard } from './Guard';

/**
 * Nothing is changed in a freeze window. What gives capacity, or puts it back, goes on
 * unless the window says `all`: what slept when it began must be able to wake.
 */
export const freezeWindow: Guard = ({ asked: { action }, world, engine }) =>
  world.freezeWindows
    .filter(
      window =>
        isNow(window, engine.now) &&
        (window.all || takesCapacity(action)) &&
        covers(window, action.target),
    )
    .map(({ title, to }) => ({
      guard: 'freeze-window',
      reason: sayActing('freezeWindow', { title, to }),
    }));

function isNow({ from, to }: FreezeWindow, now: string): boolean {
  const at = Date.parse(now);
  return Date.parse(from) <= at && at < Date.parse(to);
}

function covers(
  { clusters, namespaces }: FreezeWindow,
  target: { type: string; cluster?: string; namespace?: string },
): boolean {
  return (
    isAmong(clusters, target.cluster) && isAmong(namespaces, target.namespace)
  );
}

function isAmong(
  names: readonly string[] | undefined,
  name: string | undefined,
): boolean {
  return names === undefined || (name !== undefined && names.includes(name));
}
