import { NodeHour } from '../observations/observations';
import { GpuPriceEntry } from './types';

/**
 * One device that is attached to a machine of Google, in us-central1; billed beside
 * the machine. As the price page is remembered, held against none of a date.
 */
export const ATTACHED_GPUS: GpuPriceEntry[] = [
  ['T4', '0.35', '0.14'],
  ['V100', '2.48', '0.992'],
  ['P100', '1.46', '0.584'],
  ['P4', '0.60', '0.24'],
  ['K80', '0.45', '0.18'],
].flatMap(([model, onDemand, spot]): GpuPriceEntry[] => [
  { model, capacityType: 'on-demand', hourlyPrice: onDemand },
  // Representative, as spot on the list is: GPU_SPOT_SHARE of on-demand.
  { model, capacityType: 'spot', hourlyPrice: spot },
]);

/** Only N1, predefined or made to measure, has devices that its type doesn't include. */
const ATTACHES = /^(n1|custom)-/;

/** Whether the list price of the node's type leaves its GPUs out. */
export function hasAttachedGpus(node: NodeHour): boolean {
  return node.gpuDevices > 0 && ATTACHES.test(node.instanceType ?? '');
}

/** US dollars a vCPU and hour, as remembered too. */
const LICENCE_CORE_HOUR = '0.046';
/** AWS, Azure and Google, but for what is burstable or shared: its licence follows no rule. */
const LICENSED =
  /^(?!t\d)[a-z]+\d[a-z0-9-]*\.[a-z0-9-]+$|^Standard_(?!B)|^(?!e2-(micro|small|medium)$)([a-z]\d[a-z]?-(standard|highmem|highcpu|custom)|custom)-/;

/** What Windows adds for one vCPU and hour; undefined where no rule is known. */
export function windowsLicenceOf(
  instanceType: string | undefined,
): string | undefined {
  return LICENSED.test(instanceType ?? '') ? LICENCE_CORE_HOUR : undefined;
}

/** Whether a zone is a Local or Wavelength Zone of AWS: `us-east-1-lax-1a`, not `us-east-1a`. */
export function isLocalZone(zone: string | undefined): boolean {
  return /^[a-z]{2}(-[a-z]+)+-\d-[a-z]/.test(zone ?? '');
}
