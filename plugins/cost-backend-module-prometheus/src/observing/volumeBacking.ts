import { VolumeHour } from '@headroom/plugin-cost-common';

/**
 * CSI drivers of file systems and buckets that have no size, or take any: EFS,
 * Mountpoint for S3, Cloud Storage FUSE, blobs, NFS and SMB shares that exist.
 */
const SHARED_DRIVERS = new Set([
  'efs.csi.aws.com',
  's3.csi.aws.com',
  'gcsfuse.csi.storage.gke.io',
  'blob.csi.azure.com',
  'nfs.csi.k8s.io',
  'smb.csi.k8s.io',
]);

/** Drivers of disks that are the node's own. */
const NODE_DRIVERS = new Set([
  'local.csi.openebs.io',
  'topolvm.io',
  'hostpath.csi.k8s.io',
]);

/** What a volume is on, from the labels of `kube_persistentvolume_info`. */
export function backingOf(
  labels: Readonly<Record<string, string>>,
): VolumeHour['backing'] {
  const { csi_driver: driver = '' } = labels;
  if (labels.nfs_server || SHARED_DRIVERS.has(driver)) {
    return 'shared';
  }
  return labels.local_path || labels.host_path || NODE_DRIVERS.has(driver)
    ? 'node'
    : undefined;
}
