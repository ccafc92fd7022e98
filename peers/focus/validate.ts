import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Table, writeTable } from './table';

/** What the validator says of one rule, e.g. `InvoiceId-C-002-M`. */
export interface Verdict {
  rule: string;
  status: 'PASS' | 'FAIL' | 'SKIPPED';
  /** Why it failed or was skipped. */
  why: string;
}

/** Conditional rules that hold for what Headroom knows of a cluster. */
const CRITERIA = [
  'ACCOUNT_NAMING_SUPPORTED',
  'BILLING_BASED_ON_PROVISIONED_RESOURCES_SUPPORTED',
  'MULTIPLE_PRICING_CATEGORIES_SUPPORTED',
  'REGION_SUPPORTED',
  'RESOURCE_TYPE_ASSIGNMENT_SUPPORTED',
  'SUB_ACCOUNT_SUPPORTED',
  'TAGGING_SUPPORTED',
  'USAGE_MEASUREMENT_SUPPORTED',
];

/**
 * Every rule of FOCUS 1.2 in the validator's own words.
 *
 * @throws Error with what it printed, when it came to no verdict.
 */
export async function validate(charges: Table): Promise<Verdict[]> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'headroom-focus-'));
  try {
    const file = path.join(folder, 'charges.csv');
    await writeFile(file, writeTable(readable(charges)));
    return await validateFile(file);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The same of a file as it is. */
export async function validateFile(file: string): Promise<Verdict[]> {
  const { output, errors } = await run(file);
  const verdicts = output.split('\n').flatMap(toVerdict);
  const [, total] = /^Total: (\d+)/m.exec(output) ?? [];
  if (verdicts.length === 0 || verdicts.length !== Number(total)) {
    throw new Error(
      `The validator gave ${verdicts.length} verdicts on ${
        total ?? 'no'
      } rules: ${(errors || output).slice(-4000)}`,
    );
  }
  return verdicts;
}

/**
 * Its rules on ConsumedQuantity look at CommitmentDiscountStatus, a column that
 * only those have who sell discounts, and fail when it isn't there.
 */
function readable({ columns, rows }: Table): Table {
  return {
    columns: [...new Set([...columns, 'CommitmentDiscountStatus'])],
    rows,
  };
}

async function run(file: string): Promise<{ output: string; errors: string }> {
  const { command, site, env } = JSON.parse(process.env.HEADROOM_PEER_FOCUS!);
  const child = spawn(
    command,
    [
      ...['-m', 'focus_validator.main', '--data-file', file],
      ...['--validate-version', '1.2', '--block-download'],
      ...['--applicability-criteria', CRITERIA.join(',')],
    ],
    // It finds its list of currencies from where it is started.
    {
      cwd: site,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', text => (output += text));
  child.stderr.setEncoding('utf8').on('data', text => (errors += text));
  await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { output, errors };
}

/** A line such as `❌ InvoiceId-C-001-M: FAIL  (violations=1, msg=…, 1.1ms)`. */
function toVerdict(line: string): Verdict[] {
  const match =
    /^\S+ (?<rule>[A-Za-z]+-[A-Z]-\d{3}-[A-Z]): (?<status>PASS|FAIL|SKIPPED)(?:\s+\((?<why>.*)\))?$/.exec(
      line,
    );
  if (!match?.groups) {
    return [];
  }
  const { rule, status, why = '' } = match.groups;
  return [{ rule, status: status as Verdict['status'], why }];
}
