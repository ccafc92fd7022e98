import { Table } from './table';
import { Verdict } from './validate';
import { readValueRules } from './valueRules';

/**
 * Rules of which one always fails: InvoiceId must be null, and must not be. Which
 * of the two holds is for the rule above them to say, and it wants one of them.
 */
const EITHER_OR: Record<string, string> = {
  'InvoiceId-C-004-C': 'InvoiceId-C-003-C',
  'InvoiceId-C-005-C': 'InvoiceId-C-003-C',
};

/** Failures that no rule below explains. */
export function broken(verdicts: Verdict[]): Verdict[] {
  const passed = new Set(
    verdicts.filter(({ status }) => status === 'PASS').map(({ rule }) => rule),
  );
  return verdicts.filter(
    ({ rule, status, why }) =>
      status === 'FAIL' &&
      !why.includes('failed child rules') &&
      !passed.has(EITHER_OR[rule]),
  );
}

/** Rules on values of a table, but those of which one always fails. */
export function valueRulesOf(charges: Table) {
  return readValueRules(charges).filter(({ rule }) => !(rule in EITHER_OR));
}

/** Rules on values that some row breaks. */
export function rulesBrokenByRows(charges: Table): string[] {
  return valueRulesOf(charges)
    .filter(({ keeps }) => !charges.rows.every(keeps))
    .map(({ rule }) => rule);
}

export const columnOf = ({ rule }: Verdict) => rule.split('-')[0];
