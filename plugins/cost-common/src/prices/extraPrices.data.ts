import { AttachedGpuPriceEntry } from './types';

/**
 * What is billed beside a machine, US dollars an hour: data only.
 *
 * Sources
 * - Devices attached to N1 in us-central1: the Cloud Billing catalogue's SKUs of
 *   Compute Engine, `… GPU running in Americas`: T4 88B8-C3ED-03F0, P4
 *   A152-C7DF-4872, P100 7929-334B-6348, V100 DC0B-9926-40C5. K80: Infracost's test
 *   of Compute Engine instances, which has 0.315 after 30 % of sustained use.
 * - Spot of them is representative, as that of the list is: GPU_SPOT_SHARE.
 * - Windows: AWS states it a vCPU in its guide to optimizing CPUs, alike in all
 *   regions; Google's SKUs `Licensing Fee for Windows Server … on VM` are alike
 *   worldwide; of Azure it is the difference to Linux in the Retail Prices of D, E
 *   and F series (Infracost's test of Windows machines).
 */
export const ATTACHED_GPUS: AttachedGpuPriceEntry[] = [
  ['T4', '0.35', '0.14'],
  ['V100', '2.48', '0.992'],
  ['P100', '1.46', '0.584'],
  ['P4', '0.60', '0.24'],
  ['K80', '0.45', '0.18'],
].flatMap(([model, onDemand, spot]): AttachedGpuPriceEntry[] => {
  const region = 'us-central1';
  return [
    { model, region, capacityType: 'on-demand', hourlyPrice: onDemand },
    { model, region, capacityType: 'spot', hourlyPrice: spot },
  ];
});

/** A vCPU and hour of Windows Server. */
export const WINDOWS_CORE_HOUR = '0.046';
