import { wordRoom } from '../messages/room';
import { Bound, Room } from '../room/types';
import { fitLimit, fitRequest, mostRequest } from './fit';

const MIB = 2 ** 20;
const bound = (value: number, by = 'LimitRange mem'): Bound => ({
  value,
  by,
  code: 'limit-range',
  says: wordRoom('mostOfPod', {
    object: by,
    amount: '2 MiB',
    resource: 'memory',
  }),
});

describe('a request within what is allowed', () => {
  it.each<[string, number, Room, number]>([
    ['nothing bounds it', 0.5, {}, 0.5],
    ['at least', 0.5, { least: bound(0.6) }, 0.6],
    ['at least, in whole millicores', 0.5, { least: bound(0.6001) }, 0.601],
    ['already the least', 0.6, { least: bound(0.6) }, 0.6],
    ['at most', 0.5, { most: bound(0.4) }, 0.4],
    ['at most, in whole millicores', 0.5, { most: bound(0.4009) }, 0.4],
    ['already the most', 0.4, { most: bound(0.4) }, 0.4],
    ['at most what a limit may be', 0.5, { mostLimit: bound(0.3) }, 0.3],
    [
      'the tighter of two',
      0.5,
      { most: bound(0.4), mostRequest: bound(0.2) },
      0.2,
    ],
    [
      'contradicted: the most',
      0.5,
      { least: bound(0.6), most: bound(0.4) },
      0.4,
    ],
  ])('is %s', (_, wanted, room, request) => {
    const fitted = fitRequest('cpu', wanted, room);
    expect(fitted.request).toBe(request);
    expect(fitted.notes.length > 0).toBe(request !== wanted);
  });

  it('says what is needed where less is allowed, and by whom', () => {
    const { rule, short, notes } = fitRequest('memory', 3 * MIB, {
      most: bound(2 * MIB),
    });
    expect(rule).toEqual({
      kind: 'bound',
      side: 'most',
      bound: 2 * MIB,
      by: 'LimitRange mem',
    });
    expect(short?.value).toBe(2 * MIB);
    expect(notes[0].message).toBe(
      'LimitRange mem allows at most 2 MiB of memory in a pod. Usage asks for 3 MiB.',
    );
  });

  it.each<[string, number, Room, number]>([
    ['up', 2, { least: bound(2.1) }, 3],
    ['down', 4, { most: bound(3.9) }, 3],
    ['not, where none would be left', 1, { most: bound(0.9) }, 0.9],
    [
      'not, where it would be below the least',
      3,
      { least: bound(2.5), most: bound(2.9) },
      2.9,
    ],
  ])('keeps cores whole: %s', (_, wanted, room, request) => {
    expect(fitRequest('cpu', wanted, room, { wholeCores: true }).request).toBe(
      request,
    );
  });

  it('knows the most a request may be', () => {
    expect(mostRequest({})).toBeUndefined();
    expect(
      mostRequest({
        most: bound(4),
        mostRequest: bound(3),
        mostLimit: bound(2),
      })?.value,
    ).toBe(2);
  });
});

describe('a limit within what is allowed', () => {
  it.each<[string, Room, number]>([
    ['as wanted', {}, 2],
    ['at least', { least: bound(3) }, 3],
    ['at most', { most: bound(1.5) }, 1.5],
    ['at most, in whole millicores', { mostLimit: bound(1.5009) }, 1.5],
    ['so many times the request', { ratio: bound(1.25) }, 1.25],
    ['never below the request', { most: bound(0.5) }, 1],
  ])('is %s', (_, room, limit) => {
    expect(fitLimit('cpu', 2, 1, room)).toBe(limit);
  });
});
