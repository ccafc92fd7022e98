import { SourceProblem, Worded } from '@headroom/common';
import { wordOpenCost } from '@headroom/plugin-cost-common';
import { NodeAsset } from '../answer/readNodeAssets';
import { minutesText, namesOf, textOf } from './text';

const TOLERANCE = 0.01;

/** Nodes whose core-hours are not their cores × the minutes they were counted. @internal */
export function checkNodes(
  nodes: NodeAsset[],
  what: string | Worded,
): SourceProblem[] {
  const odd = nodes.filter(({ cpuCores, cpuCoreHours, minutes }) => {
    if (cpuCores === undefined || cpuCoreHours === undefined) {
      return false;
    }
    const expected = (cpuCores * minutes) / 60;
    return Math.abs(cpuCoreHours - expected) > TOLERANCE * expected;
  });
  if (odd.length === 0) {
    return [];
  }
  const [{ name, cpuCores = 0, cpuCoreHours = 0, minutes }] = odd;
  return [
    {
      code: 'opencost-hours-mismatch',
      ...wordOpenCost('hoursMismatch', {
        what,
        node: name,
        cores: cpuCores,
        minutes: minutesText(minutes),
        coreHours: cpuCoreHours,
        count: odd.length,
      }),
      subject: textOf(namesOf(odd.map(node => node.name))),
      severity: 'warning',
    },
  ];
}
