import { NodeHour } from '../observations/observations';

/** Only N1, predefined or made to measure, has devices that its type doesn't include. */
const ATTACHES = /^(n1|custom)-/;

/** Whether the list price of the node's type leaves its GPUs out. */
export function hasAttachedGpus(node: NodeHour): boolean {
  return node.gpuDevices > 0 && ATTACHES.test(node.instanceType ?? '');
}

/**
 * AWS, Azure and Google, but for types whose licence follows no rule: what is
 * burstable or shared, Azure's A series, and its sizes with vCPUs switched off,
 * whose licence is that of the size they are cut from.
 */
const LICENSED =
  /^(?!t\d)[a-z]+\d[a-z0-9-]*\.[a-z0-9-]+$|^Standard_(?!A|B|[A-Z]+\d+-\d)|^(?!e2-(micro|small|medium)$)([a-z]\d[a-z]?-(standard|highmem|highcpu|custom)|custom)-/;

/** Whether the licence of Windows on a type is a price a vCPU. */
export function isLicensedByCore(instanceType: string | undefined): boolean {
  return LICENSED.test(instanceType ?? '');
}

/** Whether a zone is a Local or Wavelength Zone of AWS: `us-east-1-lax-1a`, not `us-east-1a`. */
export function isLocalZone(zone: string | undefined): boolean {
  return /^[a-z]{2}(-[a-z]+)+-\d-[a-z]/.test(zone ?? '');
}
