import { CapacityReservation, NodeHour } from '../observations/observations';

const BYTES_PER_GIB = 2 ** 30;

const RESERVATIONS: Record<CapacityReservation, string> = {
  'on-demand': 'in a capacity reservation',
  block: 'in a Capacity Block',
};

/** What a price is for: `m5.2xlarge, us-west-2, spot, Windows`. */
export function describeNode(node: NodeHour): string {
  return [
    node.instanceType ?? 'unknown instance type',
    node.region,
    node.capacityType,
    node.operatingSystem === 'windows' && 'Windows',
    node.managedBy === 'eks-auto-mode' && 'EKS Auto Mode',
    node.reservation && RESERVATIONS[node.reservation],
  ]
    .filter(Boolean)
    .join(', ');
}

/** The same, with what the price was put together from. */
export function describeParts(node: NodeHour): string {
  const gib = Number((node.memoryBytes / BYTES_PER_GIB).toFixed(1));
  const gpus =
    node.gpuDevices > 0
      ? ` + ${node.gpuDevices} × ${node.gpuModel ?? 'GPU'}`
      : '';
  return `${describeNode(node)}: ${
    node.cpuCores
  } cores + ${gib} GiB${gpus} at unit prices`;
}

/** What pods are priced by: `pods of eks-fargate, us-east-1, on-demand`. */
export function describePods(platform: string, node: NodeHour): string {
  return [`pods of ${platform}`, node.region, node.capacityType]
    .filter(Boolean)
    .join(', ');
}
