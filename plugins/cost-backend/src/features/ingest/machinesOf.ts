import { machineKeyOf, NodeHour } from '@headroom/plugin-cost-common';
import { MachineRow } from '../../database/MachineStore';

/** The machines that nodes of an hour ran on, as far as their provider's name for them is known. */
export function machinesOf(nodes: readonly NodeHour[]): MachineRow[] {
  return nodes.flatMap(
    ({ node, providerId = '', region = '', capacityType }) => {
      const machine = machineKeyOf(providerId);
      return machine ? [{ machine, node, region, capacityType }] : [];
    },
  );
}
