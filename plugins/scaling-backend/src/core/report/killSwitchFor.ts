import { KillSwitch } from '@headroom/plugin-controllers-node';
import { KillSwitchState } from '@headroom/plugin-scaling-common';
import { Caller } from '../ScalingScopes';

/** The switch for everything; while that is off, those of services the caller sees. */
export function killSwitchFor(
  caller: Pick<Caller, 'read'>,
  switches: readonly KillSwitch[],
): KillSwitchState {
  const all = switches.find(({ entityRef }) => entityRef === undefined);
  if (all?.on) {
    return stateOf(all);
  }
  const own = switches
    .filter(
      ({ on, entityRef }) =>
        on && entityRef !== undefined && caller.read.sees(entityRef),
    )
    .sort((a, b) => (a.at < b.at ? 1 : -1));
  return own.length > 0
    ? { ...stateOf(own[0]), services: own.length }
    : (all && stateOf(all)) ?? { on: false };
}

function stateOf({ on, by, at, reason }: KillSwitch): KillSwitchState {
  return { on, by, at, reason };
}
