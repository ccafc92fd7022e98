import fc from 'fast-check';
import { parseBounded } from './parseBounded';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('parseBounded', () => {
  it('reads any JSON as JSON.parse does', () => {
    fc.assert(
      fc.property(fc.json({ depthSize: 'small' }), text => {
        expect(parseBounded(bytes(text))).toEqual({ json: JSON.parse(text) });
      }),
    );
  });

  it('is not led astray by what is inside of strings', () => {
    const value = { 'a"[[[{': '\\"]'.repeat(30_000), b: '[{'.repeat(40_000) };
    expect(parseBounded(bytes(JSON.stringify(value)))).toEqual({ json: value });
  });

  it('reads a part of a larger buffer, and what begins with a mark', () => {
    const text = bytes('xx\ufeff{"a":1}yy');
    expect(parseBounded(text.subarray(2, -2))).toEqual({ json: { a: 1 } });
  });

  it('reads answers that are nothing but samples', () => {
    const samples = Array.from({ length: 50_000 }, (_, at) => [at, '0']);
    const json = { data: [{ metric: {}, values: samples }] };
    expect(parseBounded(bytes(JSON.stringify(json)))).toEqual({ json });
  });

  it('refuses what is far larger in memory, or nested out of reason', () => {
    expect(parseBounded(bytes(`[${'[],'.repeat(30_000)}[]]`))).toBeUndefined();
    expect(parseBounded(bytes(`[${'{},'.repeat(30_000)}{}]`))).toBeUndefined();
    expect(
      parseBounded(bytes(`${'['.repeat(101)}${']'.repeat(101)}`)),
    ).toBeUndefined();
    expect(parseBounded(bytes('{"open string'))).toBeUndefined();
  });
});
