import { V1PersistentVolume, V1StorageClass } from '@kubernetes/client-node';
import { create } from '../../kubernetes/suites/cluster';

const CLASS = 'peer';

/** A default class of storage, and volumes of it: nobody makes them here when asked. */
export async function createVolumes(count: number): Promise<void> {
  await create<V1StorageClass>({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: {
      name: CLASS,
      annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
    },
    provisioner: 'kubernetes.io/no-provisioner',
  });
  for (let i = 0; i < count; i++) {
    await create<V1PersistentVolume>({
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: `volume-${i}` },
      spec: {
        storageClassName: CLASS,
        capacity: { storage: '100Gi' },
        accessModes: ['ReadWriteOnce'],
        hostPath: { path: `/volumes/${i}` },
      },
    });
  }
}
