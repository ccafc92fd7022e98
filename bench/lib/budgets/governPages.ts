import { Client } from 'pg';
import { TEAMS } from '../seedServices';

/** What is asked for, and how often a second. */
export interface MeasuredPage {
  name: string;
  path: (index: number) => string;
  rate: number;
}

/** Of a service, which many look at; and of a team or everything, which few do. */
const MANY = 20;
const FEW = 4;

/** The pages that govern, as the front end asks for them. */
export async function governPages(options: {
  /** The cost plugin's own database. */
  url: string;
  /** Name of a service. */
  pick: (index: number) => string;
}): Promise<MeasuredPage[]> {
  const { url, pick } = options;
  const of = async (type: string) =>
    firstColumn(
      url,
      `SELECT id FROM cost_budgets WHERE definition -> 'scope' ->> 'type' = '${type}' ORDER BY id`,
    );
  const ofServices = await of('service');
  const ofTeams = await of('group');
  const [week] = await firstColumn(
    url,
    'SELECT week::text FROM cost_reviews ORDER BY week DESC LIMIT 1',
  );
  const at = (all: string[], index: number) => all[(index * 7919) % all.length];
  const team = (index: number) => `group/default/team-${index % TEAMS}`;
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
      'budgetsOfService',
      index => `budgets?entityRef=component:default/${pick(index)}`,
    ),
    many('budgetOfService', index => `budgets/${at(ofServices, index)}`),
    many(
      'anomaliesOfService',
      index => `services/component/default/${pick(index)}/anomalies`,
    ),
    few(
      'budgetsOfTeam',
      index => `budgets?entityRef=group:default/team-${index % TEAMS}`,
    ),
    few('budgetOfTeam', index => `budgets/${at(ofTeams, index)}`),
    few('driversOfTeam', index => `budgets/${at(ofTeams, index)}/drivers`),
    few('anomaliesOfTeam', index => `teams/${team(index)}/anomalies`),
    few('budgets', () => 'budgets'),
    few('bill', () => 'bill'),
    few(
      'payersOfBill',
      index => `bill/payers?offset=${(index * 10) % 9000}&limit=10`,
    ),
    few('rules', () => 'rules'),
    few('anomalies', () => 'fleet/anomalies'),
    few('review', () => `review?week=${week}`),
    few('completion', () => 'completion'),
  ];
}

async function firstColumn(url: string, sql: string): Promise<string[]> {
  const db = new Client({ connectionString: url });
  await db.connect();
  try {
    const { rows } = await db.query<[string]>({ text: sql, rowMode: 'array' });
    if (rows.length === 0) {
      throw new Error(`There is nothing to ask for: ${sql}`);
    }
    return rows.map(([value]) => value);
  } finally {
    await db.end();
  }
}
