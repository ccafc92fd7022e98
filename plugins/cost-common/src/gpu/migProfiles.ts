import { Worded } from '@headroom/common';
import { memoryGbOfName, gpuModelWords } from './gpuModel';
import { wordGpuLayout } from './messages';
import { MIG_BOARDS, MigBoardEntry } from './migBoards.data';

/** A MIG profile as its name says it. @public */
export interface MigProfileName {
  /** `3g.40gb`: suffixes for media engines and graphics are stripped. */
  name: string;
  computeSlices: number;
  memoryGb: number;
}

/** What a profile is on one board. @public */
export interface MigProfile extends MigProfileName {
  /** Share of the board's compute and of its memory, 0 to 1. */
  computeShare: number;
  memoryShare: number;
  /** Instances of it that fit on one board. */
  maxPerBoard: number;
}

/** A board that can be cut. @public */
export interface MigBoard {
  name: string;
  memoryGb: number;
  /** The smallest first. */
  profiles: readonly MigProfile[];
}

/** Share of a board's price that an instance is. @public */
export interface MigShare {
  /** max(compute share, memory share), 0 to 1. */
  share: number;
  computeShare: number;
  memoryShare: number;
  maxPerBoard: number;
  /**
   * Set when the table doesn't have it and the share is an estimate:
   * `mig-board-unknown`, `mig-profile-unknown` (on this board), or
   * `mig-profile-unreadable` (then the whole board is charged).
   */
  problem?: Worded & {
    code:
      | 'mig-board-unknown'
      | 'mig-profile-unknown'
      | 'mig-profile-unreadable';
  };
}

const BYTES_PER_GB = 2 ** 30;
/** Drivers keep some memory back, and names round. */
const MEMORY_TOLERANCE = 0.1;

// Compute slice, memory share in eighths and instances a board: MIG user guide.
const SEVENTHS = [
  [1, 1, 7],
  [1, 2, 4],
  [2, 2, 3],
  [3, 4, 2],
  [4, 4, 1],
  [7, 8, 1],
] as const;

const BOARDS: ReadonlyArray<{ entry: MigBoardEntry; board: MigBoard }> =
  MIG_BOARDS.map(entry => ({ entry, board: toBoard(entry) }));

const PROFILE = /(?:^|[^0-9a-z])(\d+)g[._](\d+)gb(?![0-9])/i;

/**
 * Reads `3g.40gb`, `1g.10gb+me`, `1g.24gb-me`, `mig-1g.5gb.me`,
 * `nvidia_com_mig_1g_5gb`, and the compute instance `1c.3g.40gb` as the GPU
 * instance it is a part of. Undefined when there is no profile in the text.
 *
 * @public
 */
export function parseMigProfile(text: string): MigProfileName | undefined {
  const match = PROFILE.exec(text);
  if (!match) {
    return undefined;
  }
  const computeSlices = Number(match[1]);
  const memoryGb = Number(match[2]);
  return computeSlices > 0 && memoryGb > 0
    ? { name: `${computeSlices}g.${memoryGb}gb`, computeSlices, memoryGb }
    : undefined;
}

/**
 * The board a model is, as far as it can be cut. `hint` tells apart boards of
 * one name (`NVIDIA H100` of 80, 94 or 96 GB): memory of the whole board, or a
 * profile seen on it. Undefined for models without MIG.
 *
 * @public
 */
export function findMigBoard(
  model: string | undefined,
  hint: { memoryBytes?: number; profile?: string } = {},
): MigBoard | undefined {
  if (!model) {
    return undefined;
  }
  const words = gpuModelWords(model);
  let found = BOARDS.filter(({ entry }) => entry.model.test(words));
  const narrow = (test: (board: MigBoard) => boolean) => {
    const left = found.filter(({ board }) => test(board));
    if (left.length > 0) {
      found = left;
    }
  };
  const stated = memoryGbOfName(model);
  narrow(board => board.memoryGb === stated);
  const gb = hint.memoryBytes && hint.memoryBytes / BYTES_PER_GB;
  if (gb) {
    narrow(board => Math.abs(board.memoryGb - gb) / gb < MEMORY_TOLERANCE);
  }
  const profile = hint.profile && parseMigProfile(hint.profile);
  if (profile) {
    narrow(board => board.profiles.some(({ name }) => name === profile.name));
  }
  return found[0]?.board;
}

/**
 * Share of the board's price that an instance of a profile is: the larger of
 * its compute and its memory share, looked up by board, because one name means
 * different shares on different boards (`1g.10gb` is 1/7 of an A100 of 80 GB and
 * 2/8 of one of 40 GB).
 *
 * A board the table doesn't have is taken as one of seven compute slices and
 * eight of memory; `problem` says so.
 *
 * @public
 */
export function migShare(
  model: string | undefined,
  profile: string,
  options: { boardMemoryBytes?: number } = {},
): MigShare {
  const parsed = parseMigProfile(profile);
  if (!parsed) {
    return {
      ...shareOf(1, 1, 1),
      problem: {
        code: 'mig-profile-unreadable',
        ...wordGpuLayout('profileUnreadable', { profile }),
      },
    };
  }
  const memoryBytes = options.boardMemoryBytes;
  const board = findMigBoard(model, { memoryBytes, profile });
  const known = board?.profiles.find(({ name }) => name === parsed.name);
  if (known) {
    return shareOf(known.computeShare, known.memoryShare, known.maxPerBoard);
  }
  return {
    ...estimate(parsed, board?.memoryGb ?? gbOf(memoryBytes)),
    problem: board
      ? {
          code: 'mig-profile-unknown',
          ...wordGpuLayout('profileUnknown', {
            board: board.name,
            profile: parsed.name,
          }),
        }
      : {
          code: 'mig-board-unknown',
          ...wordBoardUnknown(model, parsed),
        },
  };
}

/**
 * Shares of all instances of one board, scaled so that they sum to at most 1
 * (the larger of compute and memory can add up to more), and what no instance
 * covers.
 *
 * @public
 */
export function boardShares(shares: readonly number[]): {
  shares: number[];
  stranded: number;
} {
  const sum = shares.reduce((total, share) => total + share, 0);
  // Sevenths don't add up to 1 in binary: 2^-40 of a board is nobody's.
  if (sum > 1 - 2 ** -40) {
    return { shares: shares.map(share => share / sum), stranded: 0 };
  }
  return { shares: [...shares], stranded: 1 - sum };
}

function estimate(parsed: MigProfileName, boardGb: number | undefined) {
  const slice = Math.min(parsed.computeSlices, 7);
  const usual = SEVENTHS.find(
    ([compute, , max]) => compute === slice && max !== 4,
  );
  const compute = slice / 7;
  const memory = boardGb
    ? Math.min(1, parsed.memoryGb / boardGb)
    : (usual?.[1] ?? slice) / 8;
  const share = Math.max(compute, memory);
  return shareOf(compute, memory, Math.max(1, Math.floor(1 / share + 1e-9)));
}

function toBoard({ name, memoryGb, computeSlices, sizes }: MigBoardEntry) {
  const profiles = sizes.map((gb, i): MigProfile => {
    const [compute, memory, maxPerBoard] =
      computeSlices === 7
        ? [SEVENTHS[i][0] / 7, SEVENTHS[i][1] / 8, SEVENTHS[i][2]]
        : [
            2 ** i / computeSlices,
            2 ** i / computeSlices,
            computeSlices / 2 ** i,
          ];
    const slices = computeSlices === 7 ? SEVENTHS[i][0] : 2 ** i;
    return {
      name: `${slices}g.${gb}gb`,
      computeSlices: slices,
      memoryGb: gb,
      computeShare: compute,
      memoryShare: memory,
      maxPerBoard,
    };
  });
  return { name, memoryGb, profiles };
}

function shareOf(
  computeShare: number,
  memoryShare: number,
  maxPerBoard: number,
): MigShare {
  return {
    share: Math.max(computeShare, memoryShare),
    computeShare,
    memoryShare,
    maxPerBoard,
  };
}

function gbOf(bytes: number | undefined): number | undefined {
  return bytes && bytes > 0 ? bytes / BYTES_PER_GB : undefined;
}

function wordBoardUnknown(
  model: string | undefined,
  { name: profile, computeSlices: slices }: MigProfileName,
): Worded {
  return model === undefined
    ? wordGpuLayout('boardUnnamed', { profile, slices })
    : wordGpuLayout('boardUnknown', { model, profile, slices });
}
