/**
 * GPUs that can be cut into MIG instances. Sources: NVIDIA MIG user guide
 * (supported profiles) and mig-parted's default configuration; where drivers
 * disagree on names (B200, GB200) both spellings are listed.
 *
 * `sizes`: memory of the profiles 1g, 1g with double memory, 2g, 3g, 4g, 7g of a
 * board of seven compute slices; of 1g, 2g, 4g of one of four; of 1g, 2g of one
 * of two.
 */
export interface MigBoardEntry {
  name: string;
  /** Matches model names in upper case, words set apart by single blanks. */
  model: RegExp;
  memoryGb: number;
  computeSlices: 7 | 4 | 2;
  sizes: readonly number[];
}

const A100 = /\b(A100|A800)\b/;
const H100 = /\b(H100|H800|H20)\b/;
const HOPPER_96 = /\b(H100|H800|H20|GH200|PG506)\b/;

/** The first that fits wins among entries of one family. */
export const MIG_BOARDS: readonly MigBoardEntry[] = [
  seven('A100 40 GB', A100, 40, [5, 10, 10, 20, 20, 40]),
  seven('A100 80 GB', A100, 80, [10, 20, 20, 40, 40, 80]),
  seven('H100 80 GB', H100, 80, [10, 20, 20, 40, 40, 80]),
  seven('H100 NVL 94 GB', H100, 94, [12, 24, 24, 47, 47, 94]),
  seven('H100, GH200 96 GB', HOPPER_96, 96, [12, 24, 24, 48, 48, 96]),
  seven('H200 141 GB', /\bH200\b|\bH20\b/, 141, [18, 35, 35, 71, 71, 141]),
  seven('GH200 144 GB', /\bGH200\b/, 144, [18, 36, 36, 72, 72, 144]),
  seven('B200', /\bB200\b/, 180, [23, 45, 45, 90, 90, 180]),
  seven('B200 186 GB', /\bB200\b/, 186, [23, 47, 47, 93, 93, 186]),
  seven('GB200', /\bGB200\b/, 186, [23, 47, 47, 93, 93, 186]),
  seven('GB200 189 GB', /\bGB200\b/, 189, [24, 47, 47, 95, 95, 189]),
  seven('B300', /\bB300\b/, 269, [34, 67, 67, 135, 135, 269]),
  seven('GB300', /\bGB300\b/, 278, [35, 70, 70, 139, 139, 278]),
  {
    name: 'A30 24 GB',
    model: /\bA30\b/,
    memoryGb: 24,
    computeSlices: 4,
    sizes: [6, 12, 24],
  },
  {
    name: 'RTX PRO 6000 96 GB',
    model: /\bRTX PRO 6000\b/,
    memoryGb: 96,
    computeSlices: 4,
    sizes: [24, 48, 96],
  },
  {
    name: 'RTX PRO 5000 48 GB',
    model: /\bRTX PRO 5000\b/,
    memoryGb: 48,
    computeSlices: 2,
    sizes: [24, 48],
  },
  {
    name: 'RTX PRO 5000 72 GB',
    model: /\bRTX PRO 5000\b/,
    memoryGb: 72,
    computeSlices: 2,
    sizes: [36, 72],
  },
];

function seven(
  name: string,
  model: RegExp,
  memoryGb: number,
  sizes: readonly number[],
): MigBoardEntry {
  return { name, model, memoryGb, computeSlices: 7, sizes };
}
