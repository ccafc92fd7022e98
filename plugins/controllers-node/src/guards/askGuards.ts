import { Veto } from '@headroom/common';
import { approval } from './approval';
import { blastRadius } from './blastRadius';
import { contested } from './contested';
import { disruptionBudget } from './disruptionBudget';
import { expired } from './expired';
import { freezeWindow } from './freezeWindow';
import { gitops } from './gitops';
import { Guard, Question } from './Guard';
import { hold } from './hold';
import { inventory } from './inventory';
import { killSwitch } from './killSwitch';
import { minimumReplicas } from './minimumReplicas';
import { overlap } from './overlap';
import { policyLimit } from './policyLimit';
import { protectedNamespace } from './protectedNamespace';
import { rate } from './rate';

const GUARDS: readonly Guard[] = [
  killSwitch,
  protectedNamespace,
  inventory,
  freezeWindow,
  hold,
  gitops,
  contested,
  blastRadius,
  policyLimit,
  disruptionBudget,
  minimumReplicas,
  rate,
  overlap,
  expired,
  approval,
];

/** Every reason not to do something; all guards are asked, whatever the first says. */
export function askGuards(question: Question): Veto[] {
  return GUARDS.flatMap(guard => guard(question));
}
