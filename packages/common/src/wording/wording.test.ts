import fc from 'fast-check';
import { createWorder } from './createWorder';
import {
  PART_SENTENCES,
  wordInTurn,
  wordList,
  wordNames,
} from './partSentences';
import { isWording, wordBy } from './readWording';

const SENTENCES = {
  full: '{{node}} has {{held}} of {{held}} GiB.',
  plain: 'Nothing was measured.',
  pods_one: '{{count}} pod of {{node}} waits.',
  pods_other: '{{count}} pods of {{node}} wait.',
  because: 'The node is kept: {{reason}}',
} as const;
const word = createWorder('test', SENTENCES);
const catalogues = { test: SENTENCES, parts: PART_SENTENCES };

/** English again, as a page would without any other language. */
const english = (wording: unknown) =>
  wordBy(
    catalogues,
    wording,
    (key, params) =>
      (word as (key: string, params: object) => { message: string })(
        key.replace('test.', ''),
        params,
      ).message,
  );

describe('createWorder', () => {
  it('fills every gap of a sentence and keeps what filled it', () => {
    expect(word('full', { node: 'n1', held: 3 })).toEqual({
      message: 'n1 has 3 of 3 GiB.',
      wording: { key: 'test.full', params: { node: 'n1', held: 3 } },
    });
  });

  it('has no params where a sentence has no gaps', () => {
    expect(word('plain')).toEqual({
      message: 'Nothing was measured.',
      wording: { key: 'test.plain' },
    });
  });

  it.each([
    [0, '0 pods of n1 wait.'],
    [1, '1 pod of n1 waits.'],
    [1.5, '1.5 pods of n1 wait.'],
    [12000, '12000 pods of n1 wait.'],
  ])('picks the plural of %d as Intl does for English', (count, message) => {
    expect(word('pods', { count, node: 'n1' }).message).toBe(message);
    expect(new Intl.PluralRules('en').select(count)).toBe(
      message.includes('pods') ? 'other' : 'one',
    );
  });

  it('puts a sentence into a sentence, in English and as what it is', () => {
    expect(word('because', { reason: word('plain') })).toEqual({
      message: 'The node is kept: Nothing was measured.',
      wording: {
        key: 'test.because',
        params: { reason: { key: 'test.plain' } },
      },
    });
  });

  it('lets the compiler ask for exactly the gaps', () => {
    // @ts-expect-error A gap is missing.
    word('full', { node: 'n1' });
    // @ts-expect-error No sentence has this gap.
    word('full', { node: 'n1', held: 1, other: 2 });
    // @ts-expect-error A plural needs its count.
    expect(() => word('pods', { node: 'n1' })).toThrow('no sentence pods');
    // @ts-expect-error There is no such sentence.
    expect(() => word('nothing')).toThrow('no sentence nothing');
    // @ts-expect-error There is nothing to fill.
    word('plain', { node: 'n1' });
  });

  it('prints whatever fills a gap as it is', () => {
    const odd = fc.oneof(
      fc.string(),
      fc.constantFrom('{{held}}', '$t(test.plain)', '$&', '$1', "$'"),
    );
    fc.assert(
      fc.property(odd, odd, (node, held) => {
        const { message, wording } = word('full', { node, held });
        expect(message).toBe(`${node} has ${held} of ${held} GiB.`);
        expect(english(JSON.parse(JSON.stringify(wording)))).toBe(message);
      }),
    );
  });
});

describe('wordInTurn and wordNames', () => {
  it('joins whole sentences', () => {
    expect(wordInTurn(word('plain'), word('plain'))).toEqual({
      message: 'Nothing was measured. Nothing was measured.',
      wording: {
        key: 'parts.then',
        params: {
          first: { key: 'test.plain' },
          second: { key: 'test.plain' },
        },
      },
    });
  });

  it('names the first and counts the others', () => {
    expect(wordNames(['a', 'b'], 2)).toBe('a, b');
    expect(wordNames(['a', 'b', 'c', 'd'], 2)).toEqual({
      message: 'a, b and 2 more',
      wording: { key: 'parts.andMore', params: { named: 'a, b', more: 2 } },
    });
  });
});

describe('wordList', () => {
  it('is read as it is written, however long it is', () => {
    const item = fc.oneof(fc.string(), fc.constant(word('plain')));
    const by = fc.constantFrom('comma' as const, 'semicolon' as const);
    fc.assert(
      fc.property(
        fc.array(item, { maxLength: 100 }),
        by,
        (items, separator) => {
          const list = wordList(items, separator);
          const texts = items.map(each =>
            typeof each === 'string' ? each : each.message,
          );
          const message = texts.join(separator === 'comma' ? ', ' : '; ');
          expect(typeof list === 'string' ? list : list.message).toBe(message);
          expect(typeof list === 'string' || isWording(list.wording)).toBe(
            true,
          );
        },
      ),
    );
  });
});

describe('wordBy', () => {
  it.each([
    ['an unknown catalogue', { key: 'other.full' }],
    ['an unknown sentence', { key: 'test.other' }],
    ['a name every object has', { key: 'constructor.name' }],
    ['a sentence every object has', { key: 'test.constructor' }],
    ['a missing param', { key: 'test.full', params: { node: 'n1' } }],
    [
      'a plural without its count',
      { key: 'test.pods', params: { node: 'n1' } },
    ],
    [
      'a part that is unknown',
      { key: 'test.because', params: { reason: { key: 'test.other' } } },
    ],
    ['no wording', undefined],
    ['a string', 'test.plain'],
    ['params that are a list', { key: 'test.plain', params: ['a'] }],
    ['a param that is neither', { key: 'test.plain', params: { a: null } }],
  ])('says nothing of %s', (_, wording) => {
    expect(english(wording)).toBeUndefined();
  });

  it('passes on what gaps need and no option of the translation', () => {
    const passed: object[] = [];
    wordBy(
      catalogues,
      {
        key: 'test.full',
        params: { node: 'n1', held: 1, lng: 'de', defaultValue: 'x' },
      },
      (_, params) => {
        passed.push(params);
        return '';
      },
    );
    expect(passed).toEqual([{ node: 'n1', held: 1 }]);
  });

  it('ends where sentences in sentences never do', () => {
    const endless: { key: string; params: Record<string, unknown> } = {
      key: 'test.because',
      params: {},
    };
    endless.params.reason = endless;
    expect(isWording(endless)).toBe(false);
  });
});
