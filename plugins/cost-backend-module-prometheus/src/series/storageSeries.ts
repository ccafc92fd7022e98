import { wordSeries } from '@headroom/plugin-cost-common';
import { WantedSeries } from './WantedSeries';

/** Claims and volumes; a cluster may have none, and then there are none of these. */
export const STORAGE_SERIES: WantedSeries[] = [
  {
    name: 'kube_persistentvolumeclaim_resource_requests_storage_bytes',
    teller: 'persistentvolumeclaims',
    severity: 'missing',
    effect: wordSeries('claimSize'),
  },
  {
    name: 'kube_persistentvolumeclaim_status_phase',
    teller: 'persistentvolumeclaims',
    severity: 'wrong',
    effect: wordSeries('claimPhase'),
  },
  {
    name: 'kube_persistentvolumeclaim_info',
    teller: 'persistentvolumeclaims',
    severity: 'missing',
    effect: wordSeries('claimInfo'),
  },
  {
    name: 'kube_pod_spec_volumes_persistentvolumeclaims_info',
    teller: 'pods',
    severity: 'missing',
    effect: wordSeries('claimMounts'),
  },
  {
    name: 'kube_persistentvolume_capacity_bytes',
    teller: 'persistentvolumes',
    severity: 'missing',
    effect: wordSeries('volumeSize'),
  },
  {
    name: 'kube_persistentvolume_status_phase',
    teller: 'persistentvolumes',
    severity: 'missing',
    effect: wordSeries('volumePhase'),
  },
  {
    name: 'kube_persistentvolume_info',
    teller: 'persistentvolumes',
    severity: 'note',
    effect: wordSeries('volumeInfo'),
  },
];
