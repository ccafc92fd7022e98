/** Shares and changes as a page shows them. */

const SPACE = '\u202f';

/**
 * A share such as efficiency: `0.432` is `43 %`. One digit behind the point
 * below 10 %, `< 0.1 %` for less, so that little is never nothing.
 *
 * @public
 */
export function formatShare(ratio: number): string {
  const percent = ratio * 100;
  const size = Math.abs(percent);
  const sign = percent < 0 ? '\u2212' : '';
  if (size === 0) {
    return `0${SPACE}%`;
  }
  if (size < 0.1) {
    return percent < 0 ? `> \u22120.1${SPACE}%` : `< 0.1${SPACE}%`;
  }
  const rounded = size < 9.95 ? size.toFixed(1) : size.toFixed(0);
  return `${sign}${rounded.replace(/\.0$/, '')}${SPACE}%`;
}

/** A part over a whole above zero; a ratio, not money, and 0 only where the part is. @public */
export function shareOf(part: bigint, whole: bigint): number {
  return Number(part) / Number(whole);
}

/** A change with its sign: `+12 %`, `−3.4 %`; from ten times on as a factor: `×13`; `±0 %` below 0.1 %. @public */
export function formatChange(ratio: number): string {
  if (ratio >= 9) {
    return `\u00d7${Math.round(ratio + 1).toLocaleString('en-US')}`;
  }
  if (Math.abs(ratio) < 0.001) {
    return `\u00b10${SPACE}%`;
  }
  return ratio > 0 ? `+${formatShare(ratio)}` : formatShare(ratio);
}

/** (now − before) / before, or undefined when there is nothing to compare with. @public */
export function changeRatio(
  now: bigint,
  before: bigint | undefined,
): number | undefined {
  if (before === undefined || before <= 0n) {
    return undefined;
  }
  return Number(((now - before) * 1_000_000n) / before) / 1e6;
}
