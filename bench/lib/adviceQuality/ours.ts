import {
  Appetite,
  chooseRequest,
  RequestRule,
} from '@headroom/plugin-cost-common';
import { Replayed } from './replay';

/** Headroom's advice at one appetite; the rule of a day is in force when the next is advised. */
export function ours(appetite: Appetite): Replayed {
  return {
    rule: appetite,
    forSeries: () => {
      let previous: RequestRule | undefined;
      return past => {
        const choice = chooseRequest(
          past.map(day => day.usage),
          { appetite, previous },
        );
        previous = choice?.rule;
        return choice?.value;
      };
    },
  };
}
