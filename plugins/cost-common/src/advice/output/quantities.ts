import { roundCpuUp } from '../rules/rounding';

const UNITS: Array<[string, number]> = [
  ['GiB', 2 ** 30],
  ['MiB', 2 ** 20],
  ['KiB', 2 ** 10],
];

/** `1.5 GiB`, `512 MiB`: for people. @public */
export function bytesText(bytes: number): string {
  const [unit, size] = UNITS.find(([, from]) => bytes >= from) ?? ['B', 1];
  const value = bytes / size;
  return `${
    value >= 100 ? Math.round(value) : Math.round(value * 100) / 100
  } ${unit}`;
}

/** A CPU quantity as Kubernetes writes it: `850m`, `2`. @public */
export function cpuQuantity(cores: number): string {
  const milli = Math.round(roundCpuUp(cores) * 1000);
  return milli % 1000 === 0 ? `${milli / 1000}` : `${milli}m`;
}

/** A memory quantity as Kubernetes writes it: `1536Mi`, `2Gi`, or bytes. @public */
export function memoryQuantity(bytes: number): string {
  if (bytes > 0 && bytes % 2 ** 30 === 0) {
    return `${bytes / 2 ** 30}Gi`;
  }
  return bytes > 0 && bytes % 2 ** 20 === 0
    ? `${bytes / 2 ** 20}Mi`
    : `${Math.ceil(bytes)}`;
}
