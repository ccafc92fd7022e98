/**
 * List prices of disks by the names that providers give their storage classes:
 * data only. US dollars a GiB-month of capacity; IOPS and throughput that are
 * bought beside it are not in them. Only names that stand for one kind of disk.
 *
 * As the providers' price pages are remembered, held against none of a date:
 * - AWS: us-east-1.
 * - GCP: us-central1; GKE's `standard-rwo` is a
 *   balanced and `premium-rwo` an SSD persistent disk.
 * - Azure: East US; AKS's `managed-csi` is a Standard SSD,
 *   billed up to the next size it is sold in, which is not counted.
 */
export const STORAGE_GIB_MONTH: Record<string, string> = {
  gp2: '0.10',
  gp3: '0.08',
  io1: '0.125',
  io2: '0.125',
  st1: '0.045',
  sc1: '0.015',
  'standard-rwo': '0.10',
  'premium-rwo': '0.17',
  'managed-csi': '0.075',
};

/** Hours of a month, as providers count them. */
export const HOURS_OF_MONTH = 730;
