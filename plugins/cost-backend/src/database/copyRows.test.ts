import { TestPostgres } from '../__testUtils__/database';
import { copyOut } from '@headroom/node';
import { copyRows, lengthPrefixed } from './copyRows';

jest.setTimeout(60_000);

const postgres = TestPostgres.create();

describe('copied rows', () => {
  it('are what was stored, byte by byte', async () => {
    const knex = await postgres.empty();
    const copied = await copyOut(
      knex,
      `COPY (SELECT n, decode(repeat(lpad(to_hex(n), 2, '0'), n * 1000), 'hex') FROM generate_series(0, 255) n)
       TO STDOUT (FORMAT binary)`,
    );
    const rows = [...copyRows(copied)];
    expect(rows).toHaveLength(256);
    rows.forEach(({ id, bytes }, i) => {
      expect(id).toBe(i);
      expect(bytes).toHaveLength(i * 1000);
      expect(bytes.every(byte => byte === i)).toBe(true);
    });
    // The bytes are their own: a thread can take them over.
    expect(copied.byteLength).toBe(copied.buffer.byteLength);

    expect(() => [...copyRows(copied.subarray(0, 50_000))]).toThrow(RangeError);
    expect(() => [...copyRows(Buffer.from('not a copy at all'))]).toThrow(
      'not in the binary copy format',
    );
  });

  it('fail with the query, and leave the connection usable', async () => {
    const knex = await postgres.empty();
    await expect(
      copyOut(knex, 'COPY (SELECT 1 / 0) TO STDOUT (FORMAT binary)'),
    ).rejects.toThrow('division by zero');
    const { rows } = await knex.raw('SELECT 1 AS one');
    expect(rows).toEqual([{ one: 1 }]);
  });

  it('hold pieces that come after their lengths', () => {
    const bytes = Buffer.from([0, 0, 0, 2, 7, 8, 0, 0, 0, 0, 0, 0, 0, 1, 9]);
    expect([...lengthPrefixed(bytes)].map(each => [...each])).toEqual([
      [7, 8],
      [],
      [9],
    ]);
    expect(() => [...lengthPrefixed(bytes.subarray(0, 5))]).toThrow('cut off');
  });
});
