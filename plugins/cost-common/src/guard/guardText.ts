import {
  changedRows,
  sayBudget,
  sayCounted,
  sayHeadline,
  sayRowChange,
  sayRuleState,
  saySide,
} from './guardFigures';
import { GuardReport } from './GuardReport';

/** A report as plain text for a terminal; what moves a cursor is left out of names. @public */
export function guardText(report: GuardReport): string {
  const { currency = '', verdict } = report;
  const budget = sayBudget(report);
  const isTooMuch = verdict === 'warn' || verdict === 'deny';
  return [
    `${verdict}: ${sayHeadline(report)}`,
    ...(report.outage ? [report.outage.message] : []),
    ...(report.override ? [report.override.said.message] : []),
    ...report.rules.map(
      rule => `  ${sayRuleState(rule)}: ${rule.said.message}`,
    ),
    ...(isTooMuch && report.ask !== undefined
      ? [`  Ask ${report.ask} about it.`]
      : []),
    ...(budget === undefined ? [] : [budget]),
    ...changedRows(report).flatMap(row => [
      `  ${row.name}: ${saySide(row.before, currency)} → ${saySide(
        row.after,
        currency,
      )}, difference ${sayRowChange(row, currency)}`,
      ...sayCounted(row).map(sentence => `    ${sentence}`),
    ]),
    ...report.unknown.map(
      ({ name, said }) =>
        `  not known: ${name === undefined ? '' : `${name}: `}${said.message}`,
    ),
    ...report.remarks.map(({ message }) => message),
  ]
    .map(line => line.replace(/[\p{Cc}\p{Cf}]+/gu, ' '))
    .concat('')
    .join('\n');
}
