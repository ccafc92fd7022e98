import { WantedSeries } from './WantedSeries';

/** Claims and volumes; a cluster may have none, and then there are none of these. */
export const STORAGE_SERIES: WantedSeries[] = [
  {
    name: 'kube_persistentvolumeclaim_resource_requests_storage_bytes',
    teller: 'persistentvolumeclaims',
    severity: 'missing',
    effect: 'Storage that is claimed is not charged.',
  },
  {
    name: 'kube_persistentvolumeclaim_status_phase',
    teller: 'persistentvolumeclaims',
    severity: 'wrong',
    effect:
      'Claims that wait for a volume, or have lost it, are charged as if they had one.',
  },
  {
    name: 'kube_persistentvolumeclaim_info',
    teller: 'persistentvolumeclaims',
    severity: 'missing',
    effect:
      'The class and volume of claims are not known, so storage has the default price and the size that was asked for.',
  },
  {
    name: 'kube_pod_spec_volumes_persistentvolumeclaims_info',
    teller: 'pods',
    severity: 'missing',
    effect: 'Who mounts a claim is not known, so storage belongs to nobody.',
  },
  {
    name: 'kube_persistentvolume_capacity_bytes',
    teller: 'persistentvolumes',
    severity: 'missing',
    effect:
      'Claims are charged for the size they asked for instead of what they got, and volumes whose claim is gone are paid and not seen.',
  },
  {
    name: 'kube_persistentvolume_status_phase',
    teller: 'persistentvolumes',
    severity: 'missing',
    effect: 'Volumes whose claim is gone are paid and not seen.',
  },
  {
    name: 'kube_persistentvolume_info',
    teller: 'persistentvolumes',
    severity: 'note',
    effect:
      'The class of volumes whose claim is gone is not known, so they have the default price.',
  },
];
