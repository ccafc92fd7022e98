import { PodPriceEntry } from './types';

/**
 * What platforms that bill pods take, US dollars an hour: data only.
 *
 * Sources
 * - Fargate for EKS (Linux, x86): the AWS price list of Amazon EKS and ECS, usage
 *   types `Fargate-vCPU-Hours:perCPU` and `Fargate-GB-Hours`, read 2026; Sydney
 *   and São Paulo from the Fargate pricing page. There is no spot for EKS.
 * - Azure Container Instances (Linux, Standard): Azure Retail Prices API, `Standard
 *   vCPU Duration` and `Standard Memory Duration`, read September 2026 (East US)
 *   and August 2026 (Germany West Central).
 * - GKE Autopilot, general-purpose pods: Google's GKE pricing page, September 2026.
 *   The regions have the prices of Iowa.
 */
export const POD_PRICES: PodPriceEntry[] = [
  ...fargate(['us-east-1', 'us-east-2', 'us-west-2'], '0.04048', '0.004445'),
  ...fargate(['eu-central-1'], '0.04656', '0.00511'),
  ...fargate(['ap-southeast-1'], '0.05056', '0.00553'),
  ...fargate(['ap-southeast-2'], '0.04856', '0.00532'),
  ...fargate(['sa-east-1'], '0.0696', '0.0076'),
  ...entries(
    'azure-container-instances',
    ['eastus'],
    'on-demand',
    '0.0405',
    '0.00445',
  ),
  ...entries(
    'azure-container-instances',
    ['germanywestcentral'],
    'on-demand',
    '0.04656',
    '0.00511',
  ),
  ...entries(
    'gke-autopilot',
    ['us-central1', 'us-east1', 'us-west1'],
    'on-demand',
    '0.0445',
    '0.0049225',
  ),
  ...entries(
    'gke-autopilot',
    ['us-central1', 'us-east1', 'us-west1'],
    'spot',
    '0.0133',
    '0.0014767',
  ),
];

function fargate(
  regions: string[],
  cpuCoreHour: string,
  memoryGibHour: string,
): PodPriceEntry[] {
  return entries(
    'eks-fargate',
    regions,
    'on-demand',
    cpuCoreHour,
    memoryGibHour,
  );
}

function entries(
  platform: string,
  regions: string[],
  capacityType: PodPriceEntry['capacityType'],
  cpuCoreHour: string,
  memoryGibHour: string,
): PodPriceEntry[] {
  return regions.map(region => ({
    platform,
    region,
    capacityType,
    cpuCoreHour,
    memoryGibHour,
  }));
}
