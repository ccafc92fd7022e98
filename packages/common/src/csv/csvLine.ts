/** What ends a line of CSV (RFC 4180 §2.1). @public */
export const CSV_LINE_END = '\r\n';

// A spreadsheet runs text that begins with one of these as a formula.
const STARTS_A_FORMULA = /^[=+\-@\t\r\n]/;
const NEEDS_QUOTES = /[",\r\n]/;
// Money comes as a decimal string: a number, though its type is text.
const PLAIN_NUMBER = /^-?\d+(\.\d+)?$/;

/**
 * One line of CSV as RFC 4180 has it, without the line end
 * ({@link CSV_LINE_END}).
 *
 * - `undefined`, NaN and infinities are an empty field: not known, never 0.
 * - Text a spreadsheet would run as a formula (first character `=`, `+`, `-`,
 *   `@`, tab or a line break) gets an apostrophe in front, so that it is shown
 *   as it is. Numbers, also those written as decimal strings, stay numbers.
 *
 * @public
 */
export function csvLine(
  values: ReadonlyArray<string | number | bigint | undefined>,
): string {
  return values.map(csvField).join(',');
}

function csvField(value: string | number | bigint | undefined): string {
  if (value === undefined) {
    return '';
  }
  if (typeof value === 'number') {
    return Number.isFinite(value) ? String(value) : '';
  }
  if (typeof value === 'bigint') {
    return value.toString();
  }
  const text =
    STARTS_A_FORMULA.test(value) && !PLAIN_NUMBER.test(value)
      ? `'${value}`
      : value;
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
