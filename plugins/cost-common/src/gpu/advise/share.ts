import { Worded } from '@headroom/common';
import { gib, percent, wordGpuAdvice } from '../messages';
import { findMigBoard, MigProfile, migShare } from '../migProfiles';
import { GIB, HEADROOM } from './limits';
import { Candidate, GpuWorkloadUse } from './types';

/** The most it was seen to need, in words. */
interface Found {
  held: string;
  busy: string | Worded;
}

/** More clients than this on one device wait for each other. */
const MAX_CLIENTS = 8;
/** An instance larger than this leaves too little for another. */
const MAX_INSTANCE_SHARE = 4 / 7;

/**
 * A part of each device: the smallest MIG profile that fits the memory held and
 * the busiest five minutes, where the board has MIG; else time-slices. Of an
 * instance a smaller one.
 */
export function proposeShare(use: GpuWorkloadUse): Candidate[] {
  const { memory, peakBusyShare, deviceMemoryBytes, migProfile } = use;
  if ((!use.exclusive && !migProfile) || !memory || use.severalModels) {
    return [];
  }
  // A reading of an instance is of that instance, not of its board.
  const device = migProfile ? migShare(use.model, migProfile).computeShare : 1;
  const needs = {
    bytes: memory.peakBytes * HEADROOM,
    compute: Math.min(1, peakBusyShare * HEADROOM) * device,
  };
  const found = { held: gib(memory.peakBytes), busy: percent(peakBusyShare) };
  const evidence = { peakMemoryBytes: memory.peakBytes, peakBusyShare };
  const profile = fittingProfile(use, needs);
  if (profile) {
    return instanceOf(profile, use, found, evidence);
  }
  return deviceMemoryBytes && !migProfile
    ? timeSlices(needs, deviceMemoryBytes, found, evidence)
    : [];
}

/** The smallest that fits, on a board as large as the one it is on. */
function fittingProfile(
  { model, deviceMemoryBytes, migProfile, boardShare }: GpuWorkloadUse,
  needs: { bytes: number; compute: number },
): MigProfile | undefined {
  const board = findMigBoard(
    model,
    migProfile ? { profile: migProfile } : { memoryBytes: deviceMemoryBytes },
  );
  return board?.profiles.find(
    profile =>
      profile.memoryGb * GIB >= needs.bytes &&
      profile.computeShare >= needs.compute &&
      shareOf(profile) <= MAX_INSTANCE_SHARE &&
      shareOf(profile) < boardShare,
  );
}

function instanceOf(
  profile: MigProfile,
  { migProfile, boardShare }: GpuWorkloadUse,
  found: Found,
  evidence: Record<string, number>,
): Candidate[] {
  const share = shareOf(profile);
  const what = { profile: profile.name, share: percent(share), ...found };
  return [
    {
      kind: 'share',
      proposal: {
        kind: 'share',
        how: 'mig',
        profile: profile.name,
        clients: profile.maxPerBoard,
      },
      summary: migProfile
        ? wordGpuAdvice('shareSmallerMig', { ...what, from: migProfile })
        : wordGpuAdvice('shareMig', what),
      tradeOff: wordGpuAdvice('shareMigCosts', {
        speed: percent(profile.computeShare),
      }),
      evidence: { ...evidence, instanceShare: share },
      savedShare: 1 - share / boardShare,
    },
  ];
}

function shareOf({ computeShare, memoryShare }: MigProfile): number {
  return Math.max(computeShare, memoryShare);
}

function timeSlices(
  needs: { bytes: number; compute: number },
  deviceMemoryBytes: number,
  found: Found,
  evidence: Record<string, number>,
): Candidate[] {
  const clients = Math.floor(
    Math.min(
      MAX_CLIENTS,
      1 / Math.max(needs.compute, 1 / MAX_CLIENTS),
      deviceMemoryBytes / Math.max(needs.bytes, 1),
    ),
  );
  if (clients < 2) {
    return [];
  }
  return [
    {
      kind: 'share',
      proposal: { kind: 'share', how: 'time-slicing', clients },
      summary: wordGpuAdvice('shareSlices', { more: clients - 1, ...found }),
      tradeOff: wordGpuAdvice('shareSlicesCosts'),
      evidence: { ...evidence, clients },
      savedShare: 1 - 1 / clients,
    },
  ];
}
