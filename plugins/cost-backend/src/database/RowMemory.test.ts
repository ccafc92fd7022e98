import { Knex } from 'knex';
import { TestPostgres } from '../__testUtils__/database';
import { RowMemory } from './RowMemory';

jest.setTimeout(120_000);

const postgres = TestPostgres.create();
let knex: Knex;
let understood: string[];

beforeEach(async () => {
  knex = await postgres.migrated();
  understood = [];
  await knex.raw('CREATE TABLE remembered (name text PRIMARY KEY, says text)');
  await knex('cost_table_versions').insert({
    name: 'remembered',
    version: knex.raw('gen_random_uuid()'),
  });
  await knex.raw(
    'CREATE TRIGGER note_write AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON remembered FOR EACH STATEMENT EXECUTE FUNCTION cost_note_write()',
  );
  await knex('remembered').insert([
    { name: 'a', says: '1' },
    { name: 'b', says: '2' },
  ]);
});

const create = (most = 10) =>
  RowMemory.create<{ name: string; says: string }, string>({
    table: 'remembered',
    key: 'name',
    most,
    understand: ({ name, says }) => {
      understood.push(name);
      return `${name}=${says}`;
    },
  });

describe('RowMemory', () => {
  it('understands a row once, and again when it was written', async () => {
    const memory = create();
    expect(await memory.read(knex)).toEqual(['a=1', 'b=2']);
    expect(await memory.read(knex)).toEqual(['a=1', 'b=2']);
    expect(understood).toEqual(['a', 'b']);
    await knex('remembered').where({ name: 'b' }).update({ says: '3' });
    await knex('remembered').insert({ name: 'aa', says: '4' });
    expect(await memory.read(knex)).toEqual(['a=1', 'aa=4', 'b=3']);
    expect(understood.slice(2).sort()).toEqual(['aa', 'b']);
  });

  it('reads for all who ask at once, and again for who asks after a failure', async () => {
    const memory = create();
    expect(await Promise.all([memory.read(knex), memory.read(knex)])).toEqual([
      ['a=1', 'b=2'],
      ['a=1', 'b=2'],
    ]);
    expect(understood).toEqual(['a', 'b']);
    await knex('remembered').where({ name: 'b' }).update({ says: '3' });
    const lost = await knex.transaction();
    const read = memory.read(lost);
    await lost.rollback();
    await expect(read).rejects.toThrow();
    expect(await memory.read(knex)).toEqual(['a=1', 'b=3']);
  });

  it('sees that a row is gone, and that another one has its key since', async () => {
    const memory = create();
    await memory.read(knex);
    await knex('remembered').where({ name: 'a' }).delete();
    expect(await memory.read(knex)).toEqual(['b=2']);
    await knex('remembered').insert({ name: 'a', says: '9' });
    expect(await memory.read(knex)).toEqual(['a=9', 'b=2']);
  });

  it('says what a transaction sees, before and after what others wrote', async () => {
    const memory = create();
    await knex.transaction(
      async tx => {
        expect(await memory.read(tx)).toEqual(['a=1', 'b=2']);
        await knex('remembered').where({ name: 'a' }).update({ says: '7' });
        expect(await memory.read(knex)).toEqual(['a=7', 'b=2']);
        expect(await memory.read(tx)).toEqual(['a=1', 'b=2']);
      },
      { isolationLevel: 'repeatable read' },
    );
    expect(await memory.read(knex)).toEqual(['a=7', 'b=2']);
  });

  it('reads no rows while nobody writes any', async () => {
    const memory = create();
    await memory.read(knex);
    const asked: string[] = [];
    knex.on('query', ({ sql }) => asked.push(sql));
    const first = await memory.read(knex);
    expect(await memory.read(knex)).toBe(first);
    expect(asked).toHaveLength(2);
    expect(asked.join()).not.toContain('"remembered"');
    await knex.raw('TRUNCATE remembered');
    expect(await memory.read(knex)).toEqual([]);
  });

  it('sees what was written to a table that has no version', async () => {
    await knex.raw('DROP TRIGGER note_write ON remembered');
    await knex('cost_table_versions').where({ name: 'remembered' }).delete();
    const memory = create();
    await memory.read(knex);
    await knex('remembered').where({ name: 'a' }).update({ says: '5' });
    expect(await memory.read(knex)).toEqual(['a=5', 'b=2']);
  });

  it('keeps no more rows than it may, and says all the same', async () => {
    const memory = create(1);
    expect(await memory.read(knex)).toEqual(['a=1', 'b=2']);
    expect(await memory.read(knex)).toEqual(['a=1', 'b=2']);
    expect(understood).toEqual(['a', 'b', 'b']);
  });
});
