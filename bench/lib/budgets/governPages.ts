import { Client } from 'pg';

/** What is asked for, and how often a second. */
export interface MeasuredPage {
  name: string;
  path: (index: number) => string;
  rate: number;
  /** Who sees a part of everything is refused. */
  needsEverything?: boolean;
}

/** Of a service, which many look at; and of a team or everything, which few do. */
const MANY = 20;
const FEW = 4;

/** The Cost tab, to compare with, and the pages that govern, as the front end asks for them. */
export async function governPages(options: {
  /** The cost plugin's own database. */
  url: string;
  /** References of the teams of which pages are asked for, and of whose services. */
  teams: readonly string[];
}): Promise<MeasuredPage[]> {
  const { url, teams } = options;
  const services = await firstColumn(
    url,
    `SELECT name FROM cost_entities WHERE kind = 'component' AND owner_refs && $1 ORDER BY id`,
    [teams],
  );
  const budgetsOf = (refs: readonly string[]) =>
    firstColumn(
      url,
      `SELECT id FROM cost_budgets WHERE definition -> 'scope' ->> 'entityRef' = ANY ($1) ORDER BY id`,
      [refs],
    );
  const ofServices = await budgetsOf(
    services.map(name => `component:default/${name}`),
  );
  const ofTeams = await budgetsOf(teams);
  const [week] = await firstColumn(
    url,
    'SELECT week::text FROM cost_reviews ORDER BY week DESC LIMIT 1',
  );
  const at = (all: readonly string[], index: number) =>
    all[(index * 7919) % all.length];
  const team = (index: number) => teams[index % teams.length];
  const page =
    (rate: number) => (name: string, path: MeasuredPage['path']) => ({
      name,
      path,
      rate,
    });
  const many = page(MANY);
  const few = page(FEW);
  return [
    many(
      'costTab',
      index => `services/component/default/${at(services, index)}?window=30d`,
    ),
    many(
      'budgetsOfService',
      index => `budgets?entityRef=component:default/${at(services, index)}`,
    ),
    many('budgetOfService', index => `budgets/${at(ofServices, index)}`),
    many(
      'anomaliesOfService',
      index => `services/component/default/${at(services, index)}/anomalies`,
    ),
    few('budgetsOfTeam', index => `budgets?entityRef=${team(index)}`),
    few('budgetOfTeam', index => `budgets/${at(ofTeams, index)}`),
    few('driversOfTeam', index => `budgets/${at(ofTeams, index)}/drivers`),
    few(
      'anomaliesOfTeam',
      index => `teams/${team(index).replace(':', '/')}/anomalies`,
    ),
    few('budgets', () => 'budgets'),
    { ...few('bill', () => 'bill'), needsEverything: true },
    {
      ...few(
        'payersOfBill',
        index =>
          `bill/payers?offset=${(index * 10) % services.length}&limit=10`,
      ),
      needsEverything: true,
    },
    few('rules', () => 'rules'),
    few('anomalies', () => 'fleet/anomalies'),
    few('review', () => `review?week=${week}`),
    few('completion', () => 'completion'),
  ];
}

async function firstColumn(
  url: string,
  sql: string,
  bindings: unknown[] = [],
): Promise<string[]> {
  const db = new Client({ connectionString: url });
  await db.connect();
  try {
    const { rows } = await db.query<[string]>({
      text: sql,
      values: bindings,
      rowMode: 'array',
    });
    if (rows.length === 0) {
      throw new Error(`There is nothing to ask for: ${sql}`);
    }
    return rows.map(([value]) => value);
  } finally {
    await db.end();
  }
}
