import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Table } from './table';

type Row = Record<string, string>;

/** What the validator's model of FOCUS calls a requirement or a condition. */
interface Check {
  CheckFunction?: string;
  ColumnName?: string;
  Value?: string | number | null;
  Items?: Check[];
}

interface ModelRule {
  Reference: string;
  Type: string;
  ValidationCriteria: { Keyword: string; Requirement: Check; Condition: Check };
}

/** A rule that says which values a row may have. */
export interface ValueRule {
  rule: string;
  column: string;
  keeps(row: Row): boolean;
}

const UNDERSTOOD = ['AND', 'OR', 'CheckValue', 'CheckNotValue'];

/**
 * The rules on values of the columns that charges have, from the model that comes
 * with the validator. It takes "one of" for kept when one row keeps it, and what
 * is not a correction for unknown when ChargeClass is null; here each row is held
 * against each rule by itself.
 */
export function readValueRules({ columns }: Table): ValueRule[] {
  const { site } = JSON.parse(process.env.HEADROOM_PEER_FOCUS!);
  const folder = path.join(site, 'focus_validator', 'rules');
  const [file] = readdirSync(folder).filter(name =>
    /^model-1\.2\..*\.json$/.test(name),
  );
  const model: { ModelRules: Record<string, ModelRule> } = JSON.parse(
    readFileSync(path.join(folder, file), 'utf8'),
  );
  return Object.entries(model.ModelRules).flatMap(
    ([rule, { Reference, Type, ValidationCriteria }]) => {
      const { Keyword, Requirement, Condition } = ValidationCriteria;
      return Type === 'Static' &&
        Keyword !== 'MAY' &&
        columns.includes(Reference) &&
        isUnderstood(Requirement) &&
        isUnderstood(Condition)
        ? {
            rule,
            column: Reference,
            keeps: row => !holds(Condition, row) || holds(Requirement, row),
          }
        : [];
    },
  );
}

function isUnderstood({ CheckFunction, Items = [] }: Check): boolean {
  return (
    (CheckFunction === undefined || UNDERSTOOD.includes(CheckFunction)) &&
    Items.every(isUnderstood)
  );
}

/** An empty check, which holds everywhere, is no condition. */
function holds(check: Check, row: Row): boolean {
  const { CheckFunction, ColumnName = '', Items = [] } = check;
  switch (CheckFunction) {
    case undefined:
      return true;
    case 'AND':
      return Items.every(item => holds(item, row));
    case 'OR':
      return Items.some(item => holds(item, row));
    case 'CheckValue':
      return isValue(row[ColumnName] ?? '', check.Value);
    default:
      return !isValue(row[ColumnName] ?? '', check.Value);
  }
}

/** An empty field is null. */
function isValue(field: string, value: Check['Value']): boolean {
  if (value === null || value === undefined) {
    return field === '';
  }
  return typeof value === 'number'
    ? field !== '' && Number(field) === value
    : field === value;
}
