import {
  boardShares,
  migShare,
  wordPrometheus,
} from '@headroom/plugin-cost-common';
import { Problems } from '../../reading/Problems';
import { DeviceReadings } from './DeviceReadings';
import { nameOf } from './GpuReadings';

/**
 * Share of its board each device is: 1, or for MIG instances by their profiles,
 * scaled where the profiles of those that are on a board at the same time add up
 * to more than the board: it may be cut anew within the window.
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
    const listed = new Map(
      ofBoard.map(device => [device, listedShare(device, problems)]),
    );
    for (const device of ofBoard) {
      shares.set(device, shareAmong(device, ofBoard, listed));
    }
  }
  return shares;
}

function shareAmong(
  device: DeviceReadings,
  ofBoard: DeviceReadings[],
  listed: ReadonlyMap<DeviceReadings, number>,
): number {
  const own = listed.get(device) ?? 1;
  return device.reportedHours().reduce((least, hour) => {
    const others = ofBoard.filter(
      other => other !== device && other.reported(hour),
    );
    const [share] = boardShares([
      own,
      ...others.map(other => listed.get(other) ?? 1),
    ]).shares;
    return Math.min(least, share);
  }, own);
}

function listedShare(device: DeviceReadings, problems: Problems): number {
  const { model, profile } = device.identity;
  const { share, problem } = migShare(model, profile ?? '');
  if (problem) {
    problems.say(
      { code: problem.code, severity: 'warning' },
      nameOf(device.identity),
      subjects => wordPrometheus('foundOf', { found: problem, subjects }),
    );
  }
  return share;
}
