import { createWorder } from './createWorder';
import { Worded } from './Wording';
import { wordAll } from './wordAll';

const word = createWorder('test', { node: 'node {{name}}' });
const textOf = (said: string | Worded) =>
  typeof said === 'string' ? said : said.message;

describe('wordAll', () => {
  it.each([
    [[], ''],
    [['a'], 'a'],
    [['a', 'b'], 'a and b'],
    [['a', 'b', 'c'], 'a, b and c'],
    [['a', 'b', 'c', 'd', 'e'], 'a, b, c, d and e'],
    [['a', 'b', 'c', 'd', 'e', 'f', 'g'], 'a, b, c, d, e and 2 more'],
    [['a', word('node', { name: 'n1' })], 'a and node n1'],
  ])('of %j is %s', (names, text) => {
    expect(textOf(wordAll(names))).toBe(text);
  });

  it('names as many as it is told', () => {
    expect(textOf(wordAll(['a', 'b', 'c'], 1))).toBe('a and 2 more');
  });

  it('keeps words of their own as what they are', () => {
    expect(wordAll(['a', word('node', { name: 'n1' })])).toMatchObject({
      wording: {
        key: 'parts.and',
        params: {
          first: 'a',
          second: { key: 'test.node', params: { name: 'n1' } },
        },
      },
    });
  });
});
