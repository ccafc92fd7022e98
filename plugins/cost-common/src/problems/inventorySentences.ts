import { createWorder } from '@headroom/common';

/**
 * What keeps advice on a cluster from being better: what is not known of what
 * runs there and of what steers it.
 *
 * @public
 */
export const INVENTORY_SENTENCES = {
  unread:
    'What steers the workloads of cluster {{cluster}} is not known, so advice on them is held back: its Kubernetes API was not read; say how to reach it in headroom.clusters[].kubernetes',
  failed:
    'What steers the workloads of cluster {{cluster}} is not known, so advice on them is held back: {{error}}',
  steeringUnreadable:
    '{{kind}} objects of cluster {{cluster}} could not be read, so what steers its workloads is not known',
  steeringMalformed:
    'What steers some workloads of cluster {{cluster}} is malformed (objects: {{objects}}), so advice on those is held back',
  workloadsMalformed:
    "Some workloads, pods or nodes of cluster {{cluster}} are malformed (objects: {{objects}}) and were skipped, so advice on those workloads is held back; all others are known. Compare what kubectl get -o yaml shows of them with their kind's definition",
  limitsUnreadable:
    '{{kinds}} of cluster {{cluster}} could not be read, so what is advised may be refused there; let Headroom list limitranges and resourcequotas',
  limitsOfSomeUnreadable:
    '{{kinds}} of some namespaces of cluster {{cluster}} could not be read, so what is advised may be refused there; let Headroom list limitranges and resourcequotas',
  stale:
    'What cluster {{cluster}} runs was last read at {{readAt}} and could not be since {{since}}: {{error}}',
  staleUnknown:
    'What cluster {{cluster}} runs was last read at {{readAt}} and could not be since {{since}}, so what steers its workloads is no longer known: {{error}}',
  because: '{{said}}: {{reasons}}',
  appetiteUnknown:
    'The annotation headroom.io/appetite of {{workload}} or its service is "{{value}}"; it must be one of {{known}}. Until then {{used}} is used',
  adviceFailed:
    'No advice could be computed for container {{container}}: {{error}}',
} as const;

/** @public */
export const wordInventory = createWorder('inventory', INVENTORY_SENTENCES);
