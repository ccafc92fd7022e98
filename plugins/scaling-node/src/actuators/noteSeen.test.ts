import { noteSeen } from './noteSeen';

const note = (...keys: string[]) =>
  JSON.stringify({
    v: 1,
    policy: 'p',
    at: '2026-03-02T20:00:00.000Z',
    fields: Object.fromEntries(keys.map(key => [key, { was: 1, set: 2 }])),
  });
const change = {
  path: ['metadata', 'annotations', 'headroom.io/restore'],
  before: note('a', 'b'),
  after: note('b'),
};

it.each([
  ['as planned', note('a', 'b'), change.before],
  ['given up', note('b'), change.after],
  ['given up, and more has been noted', note('b', 'c'), change.after],
  ['gone altogether', undefined, change.after],
  ['noted otherwise', note('a'), note('a')],
])('a note that is %s', (_, text, expected) => {
  expect(noteSeen(change, text)).toBe(expected);
});
