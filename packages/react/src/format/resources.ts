/** CPU and memory as Kubernetes people write them. */

const LOCALE = 'en-US';
const MILLI = 1000;
const BINARY_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

function short(value: number): string {
  return value.toLocaleString(LOCALE, { maximumSignificantDigits: 3 });
}

/** Cores: `250m` below one, `1.5` from one on, `< 0.1m` for next to nothing. @public */
export function formatCores(cores: number): string {
  const size = Math.abs(cores);
  if (size === 0) {
    return '0';
  }
  if (size >= 1) {
    return short(cores);
  }
  const millis = cores * MILLI;
  return Math.abs(millis) < 0.1 ? '< 0.1m' : `${short(millis)}m`;
}

/** Bytes in binary units: `512 MiB`, `1.5 GiB`. @public */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (Math.abs(value) >= 1024 && unit < BINARY_UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${short(value)}\u202f${BINARY_UNITS[unit]}`;
}

/** An amount of one resource advice sets. @public */
export function formatAmount(
  resource: 'cpu' | 'memory',
  amount: number,
): string {
  return resource === 'cpu' ? formatCores(amount) : formatBytes(amount);
}

/** Minutes, as hours and days when there are many: `12 min`, `3.5 h`, `4.2 d`. @public */
export function formatMinutes(minutes: number): string {
  if (minutes < 120) {
    return `${short(minutes)}\u202fmin`;
  }
  const hours = minutes / 60;
  return hours < 48 ? `${short(hours)}\u202fh` : `${short(hours / 24)}\u202fd`;
}
