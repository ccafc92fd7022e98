import { MIB } from '../world/types';

/** Cores as a Kubernetes quantity: `8`, `250m`. */
export function cpuQuantity(cores: number): string {
  const millis = Math.round(cores * 1000);
  return millis % 1000 === 0 ? String(millis / 1000) : `${millis}m`;
}

/** Bytes as a Kubernetes quantity: `16Gi`, `768Mi`, `31457280Ki`. */
export function memoryQuantity(bytes: number): string {
  if (bytes % (1024 * MIB) === 0) {
    return `${bytes / (1024 * MIB)}Gi`;
  }
  return bytes % MIB === 0
    ? `${bytes / MIB}Mi`
    : `${Math.floor(bytes / 1024)}Ki`;
}

/** Cores as the metrics API writes them: nanocores. */
export function nanocores(cores: number): string {
  return `${Math.round(cores * 1e9)}n`;
}

/** Bytes as the metrics API writes them: KiB. */
export function kibibytes(bytes: number): string {
  return `${Math.round(bytes / 1024)}Ki`;
}

/** Bytes as a Kubernetes quantity that says them all: also where they are no whole KiB. */
export function exactMemoryQuantity(bytes: number): string {
  return bytes % 1024 === 0 ? memoryQuantity(bytes) : String(Math.ceil(bytes));
}
