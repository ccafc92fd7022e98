import { readFileSync } from 'node:fs';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { TestPostgres } from '../__testUtils__/database';
import { RENEW, sqlReport } from '../__testUtils__/sqlReport';

const postgres = TestPostgres.create();

describe('report.sql.md', () => {
  it('is what the migrations make', async () => {
    const made = await sqlReport(await postgres.migrated());
    const file = resolvePackagePath(
      '@headroom/plugin-cost-backend',
      'report.sql.md',
    );
    if (made !== readFileSync(file, 'utf8')) {
      throw new Error(
        `The migrations make another database than plugins/cost-backend/report.sql.md describes. When that is meant, \`${RENEW}\` writes the page anew.`,
      );
    }
    expect(made).toContain('## `cost_days`');
  });

  it('says what a table is made of', async () => {
    const knex = await postgres.empty();
    await knex.raw(`
      CREATE TABLE parent (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
      CREATE TABLE thing (
        day date NOT NULL,
        amount numeric(20,8) NOT NULL DEFAULT 0 CHECK (amount >= 0),
        name text,
        parent_id integer NOT NULL REFERENCES parent ON DELETE CASCADE,
        PRIMARY KEY (day, parent_id)
      ) PARTITION BY RANGE (day);
      CREATE TABLE thing_2026 PARTITION OF thing
        FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
      CREATE INDEX thing_name ON thing (name) WHERE name <> '';
      CREATE SEQUENCE turns;
      CREATE VIEW names AS SELECT name FROM thing`);
    const report = await sqlReport(knex);
    expect(report.slice(report.indexOf('## `parent`'))).toBe(
      [
        '## `parent`',
        '',
        '| Column | Type | Null | Default |',
        '| ------ | ---- | ---- | ------- |',
        '| `id` | integer | no | `GENERATED ALWAYS AS IDENTITY` |',
        '',
        'Constraints:',
        '',
        '- `parent_pkey`: `PRIMARY KEY (id)`',
        '',
        '## `thing`',
        '',
        'Partitioned by RANGE (day).',
        '',
        '| Column | Type | Null | Default |',
        '| ------ | ---- | ---- | ------- |',
        '| `day` | date | no |  |',
        '| `amount` | numeric(20,8) | no | `0` |',
        '| `name` | text | yes |  |',
        '| `parent_id` | integer | no |  |',
        '',
        'Constraints:',
        '',
        '- `thing_pkey`: `PRIMARY KEY (day, parent_id)`',
        '- `thing_amount_check`: `CHECK ((amount >= (0)::numeric))`',
        '- `thing_parent_id_fkey`: `FOREIGN KEY (parent_id) REFERENCES parent(id) ON DELETE CASCADE`',
        '',
        'Indexes:',
        '',
        "- `CREATE INDEX thing_name ON ONLY thing USING btree (name) WHERE (name <> ''::text)`",
        '',
        '## Sequences',
        '',
        '- `turns`',
        '',
        '## View `names`',
        '',
        '```sql',
        'SELECT name\n   FROM thing;',
        '```',
        '',
      ].join('\n'),
    );
  });
});
