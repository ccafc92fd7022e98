import { Translate } from './Translate';

type Words = Translate<{
  plain: 'Plain';
  named: 'It is {{ name }} of {{all}}';
  days_one: '{{count}} day of {{month}}';
  days_other: '{{count}} days of {{month}}';
  hours_one: '{{count}} hour';
  hours_other: '{{count}} hours';
}>;

const t = ((key: string) => key) as unknown as Words;

it('takes what a message names, and nothing else', () => {
  const said: string[] = [
    t('plain'),
    t('named', { name: 'a', all: 'b' }),
    t('days', { count: 2, month: 'May' }),
    t('hours', { count: 1 }),
    // @ts-expect-error There is no such message.
    t('other'),
    // @ts-expect-error Forms of a plural are not asked for.
    t('hours_one', { count: 1 }),
    // @ts-expect-error Something is missing.
    t('named', { name: 'a' }),
    // @ts-expect-error Another name.
    t('named', { name: 'a', all: 'b', more: 'c' }),
    // @ts-expect-error Numbers are formatted first.
    t('named', { name: 1, all: 'b' }),
    // @ts-expect-error Not counted.
    t('days', { month: 'May' }),
    // @ts-expect-error Nothing is named.
    t('plain', { name: 'a' }),
  ];
  expect(said).toContain('named');
});
