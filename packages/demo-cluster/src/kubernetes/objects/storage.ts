import { OrphanVolume, WorkloadSpec } from '../../world/types';
import { claimName } from '../../world/claimName';
import { memoryQuantity } from '../quantities';
import { KubeObject } from '../types';
import { ObjectContext } from './context';

function claims(context: ObjectContext): OrphanVolume[] {
  const { state, cluster } = context;
  const claimsOf = (spec: WorkloadSpec) =>
    Array.from(
      { length: cluster.wishes.replicas(spec, state.hour) },
      (_, ordinal) => ({
        ...spec.volume!,
        name: claimName(spec, ordinal),
        namespace: spec.namespace,
        labels: spec.labels,
      }),
    );
  return [
    ...state.workloads.filter(spec => spec.volume).flatMap(claimsOf),
    ...state.orphanVolumes,
  ];
}

function claimObjects(
  context: ObjectContext,
  claim: OrphanVolume,
): [KubeObject, KubeObject] {
  const kind = 'PersistentVolumeClaim';
  const size = { storage: memoryQuantity(claim.capacityBytes) };
  const uid = context.uid(kind, claim.namespace, claim.name);
  const volumeName = `pvc-${uid}`;
  const common = {
    accessModes: ['ReadWriteOnce'],
    storageClassName: claim.storageClass,
    volumeMode: 'Filesystem',
  };
  return [
    {
      apiVersion: 'v1',
      kind,
      metadata: context.meta(kind, claim.namespace, claim.name, {
        ...(claim.labels && { labels: claim.labels }),
      }),
      spec: { ...common, resources: { requests: size }, volumeName },
      status: {
        phase: 'Bound',
        accessModes: common.accessModes,
        capacity: size,
      },
    },
    {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: context.meta('PersistentVolume', undefined, volumeName),
      spec: {
        ...common,
        capacity: size,
        persistentVolumeReclaimPolicy: 'Delete',
        claimRef: {
          apiVersion: 'v1',
          kind,
          namespace: claim.namespace,
          name: claim.name,
          uid,
        },
        csi: {
          driver: 'ebs.csi.aws.com',
          volumeHandle: `vol-0${uid.replaceAll('-', '').slice(0, 16)}`,
        },
        nodeAffinity: {
          required: {
            nodeSelectorTerms: [
              {
                matchExpressions: [
                  {
                    key: 'topology.kubernetes.io/region',
                    operator: 'In',
                    values: [context.cluster.region],
                  },
                ],
              },
            ],
          },
        },
      },
      status: { phase: 'Bound' },
    },
  ];
}

function storageClass(context: ObjectContext, name: string): KubeObject {
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: context.meta('StorageClass', undefined, name, {
      ...(name === 'gp3' && {
        annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
      }),
    }),
    provisioner: 'ebs.csi.aws.com',
    parameters: { type: name },
    reclaimPolicy: 'Delete',
    volumeBindingMode: 'WaitForFirstConsumer',
    allowVolumeExpansion: true,
  };
}

/** Claims, their volumes and the classes of both. */
export function storage(context: ObjectContext) {
  const pairs = claims(context).map(claim => claimObjects(context, claim));
  return {
    'v1/persistentvolumeclaims': pairs.map(([claim]) => claim),
    'v1/persistentvolumes': pairs.map(([, volume]) => volume),
    'storage.k8s.io/v1/storageclasses': ['gp2', 'gp3'].map(name =>
      storageClass(context, name),
    ),
  };
}
