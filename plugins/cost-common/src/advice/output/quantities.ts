import { roundCpuUp } from '../rules/rounding';
import { AdvisedResource } from '../types';

const UNITS: Array<[string, number]> = [
  ['GiB', 2 ** 30],
  ['MiB', 2 ** 20],
  ['KiB', 2 ** 10],
];

/** `850m`, `1.5 cores`: for people. @public */
export function coresText(cores: number): string {
  if (cores === 0) {
    return '0';
  }
  if (cores < 1) {
    return `${Math.max(1, Math.round(cores * 1000))}m`;
  }
  const rounded = Math.round(cores * 100) / 100;
  return rounded === 1 ? '1 core' : `${rounded} cores`;
}

/** `1.5 GiB`, `512 MiB`: for people. @public */
export function bytesText(bytes: number): string {
  const [unit, size] = UNITS.find(([, from]) => bytes >= from) ?? ['B', 1];
  const value = bytes / size;
  return `${
    value >= 100 ? Math.round(value) : Math.round(value * 100) / 100
  } ${unit}`;
}

/** An amount of either resource, for people. */
export function amountText(resource: AdvisedResource, amount: number): string {
  return resource === 'cpu' ? coresText(amount) : bytesText(amount);
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
