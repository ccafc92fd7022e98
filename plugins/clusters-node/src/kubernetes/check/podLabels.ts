import { CheckFinding } from '@headroom/common';

/** Labels of pods that were looked for: whether any pod has them; absent = not told. */
export type LabelsThere = ReadonlyMap<string, boolean | undefined>;

/** Whether pods have the labels that configured links ask for. */
export function checkPodLabels(there: LabelsThere): CheckFinding[] {
  const keys = (answer: boolean | undefined) =>
    [...there].flatMap(([key, has]) => (has === answer ? [key] : []));
  const [present, absent, untold] = [keys(true), keys(false), keys(undefined)];
  const id = 'kubernetes-link-labels';
  if (absent.length > 0) {
    return [
      {
        id,
        severity: 'missing',
        sentence: `The Kubernetes API has no pod with the ${labelsText(
          absent,
        )} that headroom.cost.ownerLabels or headroom.cost.links name.`,
        effect:
          'Links by them never hold, so the workloads they are meant for belong to nobody, unless something else links them.',
        mend: {
          where:
            'spec.template.metadata.labels of the workloads; or correct the key where it is named, as kubectl get pods --show-labels has it',
          line: absent.map(key => `${key}: '…'`).join('\n'),
        },
      },
    ];
  }
  if (present.length === 0) {
    return untold.length === 0
      ? []
      : [
          {
            id,
            severity: 'note',
            sentence: `The Kubernetes API did not say whether any pod has the ${labelsText(
              untold,
            )} that configured links name.`,
            effect: 'They may be there or not.',
          },
        ];
  }
  return [
    {
      id,
      severity: 'right',
      sentence: `The Kubernetes API has pods with the ${labelsText(
        present,
      )} that configured links name.`,
    },
  ];
}

function labelsText(keys: string[]): string {
  const list =
    keys.length < 2
      ? keys.join('')
      : `${keys.slice(0, -1).join(', ')} and ${keys[keys.length - 1]}`;
  return `label${keys.length === 1 ? '' : 's'} ${list}`;
}
