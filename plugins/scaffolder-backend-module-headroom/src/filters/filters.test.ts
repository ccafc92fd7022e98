import nunjucks from 'nunjucks';
import { FILTERS } from './filters';

const environment = new nunjucks.Environment(null, {
  tags: { variableStart: '${{', variableEnd: '}}' },
});
for (const { id, filter } of FILTERS) {
  environment.addFilter(id, filter as (...args: unknown[]) => unknown);
}
const render = (text: string) => environment.renderString(text, {});

describe('filters', () => {
  it.each(
    FILTERS.flatMap(({ id, examples = [] }) =>
      examples.map(({ example, notes }) => [id, example, notes] as const),
    ),
  )('%s: %s is %s', (_id, example, notes) => {
    expect(render(example)).toBe(notes);
  });

  it.each([
    ['${{ "1GB" | quantityBytes }}', '"1GB" is no quantity'],
    ['${{ "0 7 *" | cronNext("UTC", "2026-01-01T00:00:00Z") }}', 'five fields'],
    [
      '${{ "0 0 30 2 *" | cronNext("UTC", "2026-01-01T00:00:00Z") }}',
      'never due',
    ],
  ])('%s says what is wrong', (example, said) => {
    expect(() => render(example)).toThrow(said);
  });

  it('multiplies what is not whole by rounding up', () => {
    expect(render('${{ "333m" | multiplyQuantity(0.1) }}')).toBe('34m');
    expect(render('${{ "1Gi" | multiplyQuantity(1.5) }}')).toBe('1610612736');
  });
});
