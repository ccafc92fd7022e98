import { rowChange } from './rowChange';

describe('rowChange', () => {
  const row = { total: '112', previousTotal: '100' };

  it('believes the report first', () => {
    expect(rowChange({ ...row, changeRatio: 0.05 }, true)).toBe(0.05);
    expect(rowChange({ ...row, changeRatio: 0.05 }, false)).toBe(0.05);
  });

  it('compares totals of windows that are over, and no others', () => {
    expect(rowChange(row, true)).toBeCloseTo(0.12);
    expect(rowChange(row, false)).toBeUndefined();
    expect(rowChange({ total: '112' }, true)).toBeUndefined();
  });
});
