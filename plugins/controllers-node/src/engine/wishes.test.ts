import { action } from '../__testUtils__/drafts';
import { runFactsOf, Wish } from './wishes';

const wish = (name: string, over = {}): Wish => ({
  asked: {
    controller: 'schedules',
    policyId: 'nights',
    mode: 'enforce',
    action: action(name, over),
  },
  policyTitle: 'Nights',
  together: 'enforced',
});

it('counts nothing that a policy leaves for a later run', () => {
  const later = { overLimit: { message: 'Later.' } };
  const runs = runFactsOf(
    [wish('a'), wish('b', later), wish('c', later), wish('d')],
    new Map(),
  );
  expect(runs.map(({ taken }) => taken)).toEqual([2, 0, 0, 2]);
});
