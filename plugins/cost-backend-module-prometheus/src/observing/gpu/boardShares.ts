import { boardShares, migShare } from '@headroom/plugin-cost-common';
import { Problems } from '../../reading/Problems';
import { DeviceReadings } from './DeviceReadings';
import { nameOf } from './GpuReadings';

/**
 * Share of its board each device is: 1, or for MIG instances by their profiles,
 * scaled where the profiles of a board add up to more than the board.
 */
export function sharesOfBoards(
  devices: DeviceReadings[],
  problems: Problems,
): Map<DeviceReadings, number> {
  const shares = new Map<DeviceReadings, number>();
  const instances = new Map<string, DeviceReadings[]>();
  for (const device of devices) {
    const { instance, board } = device.identity;
    if (instance === undefined) {
      shares.set(device, 1);
    } else {
      instances.set(board, [...(instances.get(board) ?? []), device]);
    }
  }
  for (const ofBoard of instances.values()) {
    const listed = ofBoard.map(device => listedShare(device, problems));
    boardShares(listed).shares.forEach((share, index) =>
      shares.set(ofBoard[index], share),
    );
  }
  return shares;
}

function listedShare(device: DeviceReadings, problems: Problems): number {
  const { model, profile } = device.identity;
  const { share, problem } = migShare(model, profile ?? '');
  if (problem) {
    problems.add(
      { code: problem.code, severity: 'warning' },
      nameOf(device.identity),
      subjects => `${problem.message}: ${subjects}`,
    );
  }
  return share;
}
