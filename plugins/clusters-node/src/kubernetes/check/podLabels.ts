import {
  WordedFinding,
  wordAll,
  wordKubernetesCheck as word,
} from '@headroom/common';

/** Labels of pods that were looked for: whether any pod has them; absent = not told. */
export type LabelsThere = ReadonlyMap<string, boolean | undefined>;

/** Whether pods have the labels that configured links ask for. */
export function checkPodLabels(there: LabelsThere): WordedFinding[] {
  const keys = (answer: boolean | undefined) =>
    [...there].flatMap(([key, has]) => (has === answer ? [key] : []));
  const [present, absent, untold] = [keys(true), keys(false), keys(undefined)];
  const id = 'kubernetes-link-labels';
  if (absent.length > 0) {
    return [
      {
        id,
        severity: 'missing',
        sentence: word('labelsAbsent', labelled(absent)),
        effect: word('labelsAbsentEffect'),
        mend: {
          where: word('labelsAbsentWhere'),
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
            sentence: word('labelsUntold', labelled(untold)),
            effect: word('labelsUntoldEffect'),
          },
        ];
  }
  return [
    {
      id,
      severity: 'right',
      sentence: word('labels', labelled(present)),
    },
  ];
}

function labelled(keys: string[]) {
  return { count: keys.length, labels: wordAll(keys, keys.length) };
}
