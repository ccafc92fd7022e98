import fc from 'fast-check';
import { copyIn } from '@headroom/node';
import { TestPostgres } from '../__testUtils__/database';
import { adviceDetailLine } from './adviceDetailLine';

jest.setTimeout(60_000);

const postgres = TestPostgres.create();

it('is copied as it was, whatever characters the advice has', async () => {
  const knex = await postgres.empty();
  await knex.raw(
    'CREATE TABLE details (run_id integer, container_id integer, advice text)',
  );
  const special = ['\\', '\\.', '\\N', '\\\\n', '\t', '\r\n', '"', 'é', '\0'];
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(fc.constantFrom(...special)).map(all => all.join('')),
        ),
      ),
      async texts => {
        await knex('details').delete();
        const lines = texts.map((text, i) => adviceDetailLine(7, i, { text }));
        await copyIn(
          knex,
          'COPY details (run_id, container_id, advice) FROM STDIN',
          Buffer.from(lines.join('')),
        );
        const rows = await knex('details').orderBy('container_id');
        expect(
          rows.map(row => ({ ...row, advice: JSON.parse(row.advice) })),
        ).toEqual(
          texts.map((text, i) => ({
            run_id: 7,
            container_id: i,
            advice: { text },
          })),
        );
      },
    ),
    { numRuns: 50 },
  );
});
