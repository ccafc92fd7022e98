import { SourceProblem } from '@headroom/common';
import { NodeAsset } from '../answer/readNodeAssets';
import { minutesText, namesText } from './text';

const TOLERANCE = 0.01;

/** Nodes whose core-hours are not their cores × the minutes they were counted. @internal */
export function checkNodes(nodes: NodeAsset[], what: string): SourceProblem[] {
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
  const [{ name, cpuCores, cpuCoreHours, minutes }] = odd;
  return [
    {
      code: 'opencost-hours-mismatch',
      message: `${what} says ${name} had ${cpuCores} cores for ${minutesText(
        minutes,
      )} minutes and also ${cpuCoreHours} core-hours; ${
        odd.length
      } node(s) contradict themselves like that.`,
      subject: namesText(odd.map(node => node.name)),
      severity: 'warning',
    },
  ];
}
