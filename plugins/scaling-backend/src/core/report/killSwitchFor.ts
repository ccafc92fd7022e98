import { KillSwitch } from '@headroom/plugin-controllers-node';
import { KillSwitchState } from '@headroom/plugin-scaling-common';
import { Caller } from '../ScalingScopes';

/** The switch for everything, or for who sees some services, one of theirs that is on. */
export function killSwitchFor(
  caller: Caller,
  switches: readonly KillSwitch[],
): KillSwitchState {
  const all = switches.find(({ entityRef }) => entityRef === undefined);
  const own = caller.read.isEverything
    ? undefined
    : switches.find(
        ({ on, entityRef }) =>
          on && entityRef !== undefined && caller.read.sees(entityRef),
      );
  const shown = all?.on ? all : own ?? all;
  return shown
    ? { on: shown.on, by: shown.by, at: shown.at, reason: shown.reason }
    : { on: false };
}
