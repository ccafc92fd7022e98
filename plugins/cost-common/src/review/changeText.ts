/**
 * An amount with what it means of a change: `+$3.07`, `−$3.07`. One that is too small to
 * be printed comes as `< $0.01` and is said in words.
 */
export function changeText(
  micros: string,
  amount: (micros: bigint) => string,
): string {
  const change = BigInt(micros);
  const size = amount(change < 0n ? -change : change);
  if (size.startsWith('< ')) {
    return `less than ${size.slice(2)} ${change < 0n ? 'less' : 'more'}`;
  }
  return change > 0n ? `+${size}` : amount(change);
}
