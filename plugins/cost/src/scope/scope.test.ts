import { addDays } from '@headroom/common';
import { CostScope } from '@headroom/plugin-cost-common';
import fc from 'fast-check';
import {
  DEFAULT_SCOPE,
  parseGroupBy,
  parseScope,
  scopeParams,
  WINDOW_PRESETS,
  withScope,
} from './scope';

const scopes: fc.Arbitrary<CostScope> = fc
  .record({
    window: fc.constantFrom(...WINDOW_PRESETS),
    start: fc.integer({ min: 0, max: 3000 }),
    days: fc.integer({ min: 0, max: 400 }),
    currency: fc.option(fc.constantFrom('EUR', 'USD', 'JPY'), {
      nil: undefined,
    }),
    idle: fc.constantFrom('separate' as const, 'shared' as const),
  })
  .map(({ window, start, days, currency, idle }) => {
    const from = addDays('2020-01-01', start);
    return {
      window,
      idle,
      ...(currency && { currency }),
      ...(window === 'custom' && { from, to: addDays(from, days) }),
    };
  });

describe('scope', () => {
  it('is read back from the URL it was written to', () => {
    fc.assert(
      fc.property(scopes, scope => {
        expect(parseScope(scopeParams(scope))).toEqual(scope);
      }),
    );
  });

  it('leaves foreign parameters alone', () => {
    const params = new URLSearchParams('groupBy=region&window=7d&idle=shared');
    expect(withScope(params, DEFAULT_SCOPE).toString()).toBe('groupBy=region');
  });

  it.each([
    'window=fortnight',
    'window=custom',
    'window=custom&from=2026-10-02&to=2026-10-01',
    'window=custom&from=2026-02-30&to=2026-03-01',
    'idle=maybe&currency=dollars',
  ])('falls back to the default for %s', text => {
    expect(parseScope(new URLSearchParams(text))).toEqual(DEFAULT_SCOPE);
  });
});

describe('parseGroupBy', () => {
  it('groups by team unless told otherwise', () => {
    expect(parseGroupBy(new URLSearchParams('groupBy=region'))).toBe('region');
    expect(parseGroupBy(new URLSearchParams('groupBy=mood'))).toBe('team');
  });
});
