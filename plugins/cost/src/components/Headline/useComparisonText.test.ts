import { comparisonText } from './useComparisonText';
import { CostTranslate } from '../../useCostTranslation';

const t = ((key: string, values?: Record<string, string>) =>
  [key, ...Object.values(values ?? {})].join(' ')) as unknown as CostTranslate;

const window = { start: '2026-10-01', end: '2026-10-06' };
const before = {
  start: '2026-09-26',
  end: '2026-10-01',
  comparedStart: '2026-10-01',
  comparedEnd: '2026-10-06',
};

describe('comparisonText', () => {
  it('says the change, with or without a total of the window before', () => {
    const text = 'comparison.against +12\u202f% 26\u201330 September';
    const changeRatio = 0.12;
    expect(comparisonText(window, { ...before, changeRatio }, t)).toBe(text);
    expect(
      comparisonText(window, { ...before, changeRatio, total: '1' }, t),
    ).toBe(text);
  });

  it('tells nothing spent, not comparable and no data apart', () => {
    expect(comparisonText(window, { ...before, total: '0' }, t)).toMatch(
      /^comparison\.nothingBefore/,
    );
    expect(comparisonText(window, { ...before, total: '1' }, t)).toMatch(
      /^comparison\.unknown/,
    );
    expect(comparisonText(window, before, t)).toBe('comparison.noData');
    expect(comparisonText(window, undefined, t)).toBe('comparison.noData');
  });
});
