import { Client } from 'pg';
import {
  budgetDefinitionSchema,
  BudgetDefinitionInput,
} from '@headroom/plugin-cost-common';
import { serviceName, teamRef } from '../seedServices';

const PERIODS: Array<BudgetDefinitionInput['period']> = [
  { type: 'month' },
  { type: 'week' },
  { type: 'quarter' },
  { type: 'month', day: 15, zone: 'Europe/Berlin' },
  { type: 'year' },
];

/**
 * Writes `budgets` budgets made on the page: of teams, namespaces and labels up to a
 * hundred each, of services the rest, of all lengths, some of them in another zone and
 * with carry-over; a tenth are of what is billed.
 */
export async function seedBudgets(options: {
  /** The cost plugin's own database. */
  url: string;
  budgets: number;
  services: number;
}): Promise<void> {
  const { url, budgets, services } = options;
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const definitions = Array.from({ length: budgets }, (_, index) =>
      budgetDefinitionSchema.parse(definitionOf(index, services)),
    );
    await client.query(
      `INSERT INTO cost_budgets (id, version, definition, created_by, created_at, updated_by, updated_at)
       SELECT gen_random_uuid()::text, 1, definition, 'user:default/bench', now(), 'user:default/bench', now()
       FROM jsonb_array_elements($1::jsonb) AS definition`,
      [JSON.stringify(definitions)],
    );
    await client.query('ANALYZE cost_budgets');
  } finally {
    await client.end();
  }
}

function definitionOf(index: number, services: number): BudgetDefinitionInput {
  return {
    scope: scopeOf(index, services),
    period: PERIODS[index % PERIODS.length],
    amount: String(1 + (index % 50)),
    currency: 'USD',
    cost: costOf(index),
    carryOver: index % 7 === 0 ? 'unused' : 'none',
    thresholds: [
      { on: 'spent', percent: 80 },
      { on: 'spent', percent: 100 },
      { on: 'forecast', percent: 100 },
    ],
  };
}

function costOf(index: number): BudgetDefinitionInput['cost'] {
  return index >= 300 && index % 10 === 0
    ? { basis: 'billed', tax: true, credits: true }
    : { basis: 'allocated', idle: index % 3 === 0 ? 'shared' : 'separate' };
}

function scopeOf(
  index: number,
  services: number,
): BudgetDefinitionInput['scope'] {
  if (index < 100) {
    return { type: 'group', entityRef: teamRef(index) };
  }
  if (index < 200) {
    return { type: 'namespace', namespace: `ns-${index - 100}` };
  }
  if (index < 300) {
    return {
      type: 'label',
      label: 'backstage.io/kubernetes-id',
      value: serviceName(index),
    };
  }
  return {
    type: 'service',
    entityRef: `component:default/${serviceName(index % services)}`,
  };
}
