import { AZURE_CONTAINER_INSTANCES, EKS_FARGATE } from './podPlatforms';

const GIB = 2 ** 30;

/**
 * The largest pod a platform takes, where no node bounds it: Fargate's largest
 * size (EKS user guide), and Azure's limit of a container group. Undefined where
 * it is not known.
 *
 * @public
 */
export function largestPodOf(
  platform: string,
): { cpuCores: number; memoryBytes: number } | undefined {
  switch (platform) {
    case EKS_FARGATE:
      return { cpuCores: 16, memoryBytes: 120 * GIB };
    case AZURE_CONTAINER_INSTANCES:
      return { cpuCores: 31, memoryBytes: 240 * GIB };
    default:
      return undefined;
  }
}
