import { knownUnits } from './knownUnits';

const unit = { metric: 'tokens', title: 'Tokens', per: 1, days: [] };

describe('knownUnits', () => {
  it('leaves out what has data in neither window, and nothing else', () => {
    const none = { ...unit, reason: 'no-data' as const };
    const before = { ...none, previousUnitCost: '0.250000000' };
    const zero = { ...unit, reason: 'no-units' as const, quantity: 0 };
    const priced = { ...unit, quantity: 7, unitCost: '0.100000000' };
    expect(knownUnits([none, before, zero, priced])).toEqual([
      before,
      zero,
      priced,
    ]);
    expect(knownUnits([none])).toEqual([]);
  });
});
