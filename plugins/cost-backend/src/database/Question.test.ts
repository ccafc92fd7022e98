import { TestPostgres } from '../__testUtils__/database';
import { answered, Question, reading, together } from './Question';
import { INTERNAL } from './scope';
import { ScopedStores } from './ScopedStores';

jest.setTimeout(60_000);

const postgres = TestPostgres.create();

const squares = (from: number, to: number): Question<number[]> => ({
  sql: 'SELECT n * n AS square FROM generate_series(?::integer, ?::integer) n ORDER BY n DESC',
  bindings: [from, to],
  read: rows => rows.map(({ square }) => square),
});

const word = (text: string): Question<string | undefined> => ({
  sql: "SELECT w AS word FROM (VALUES (?::text)) v (w) WHERE w <> ''",
  bindings: [text],
  read: ([row]) => row?.word,
});

it('is answered the same alone and together with others, and together with those', async () => {
  const at = ScopedStores.create({
    knex: await postgres.empty(),
    scope: INTERNAL,
  });
  const several = [
    squares(2, 4),
    word('a "?" and \\'),
    word(''),
    squares(3, 2),
    reading(squares(1, 3), all => all.length),
    answered('known before'),
  ] as const;
  const alone = await Promise.all(
    several.map(each => at.ask<unknown>(each as Question<unknown>)),
  );
  expect(alone).toEqual([
    [16, 9, 4],
    'a "?" and \\',
    undefined,
    [],
    3,
    'known before',
  ]);
  expect(await at.ask(together(several))).toEqual(alone);
  expect(
    await at.ask(together([word('before'), together(several), squares(1, 1)])),
  ).toEqual(['before', alone, [1]]);
});

it('of several is one statement, which sees one moment', async () => {
  const at = ScopedStores.create({
    knex: await postgres.empty(),
    scope: INTERNAL,
  });
  const moment: Question<string> = {
    sql: 'SELECT pg_current_snapshot()::text || statement_timestamp()::text AS at, pg_sleep(0.01)',
    bindings: [],
    read: ([row]) => row.at,
  };
  const moments = await at.ask(together([moment, moment, moment]));
  expect(new Set(moments).size).toBe(1);
});
