import { Link } from '@backstage/core-components';
import { CostRulesReport, RuleFinding } from '@headroom/plugin-cost-common';
import { DataTable, formatInstant, Tag, toMicros } from '@headroom/react';
import { useRuleTranslation } from '../../useRuleTranslation';
import { moneyColumn } from '../costColumns';
import { useCostTabHref } from '../CostEntityLink';
import { ruleText, subjectText, valueText } from './ruleText';

/** What is over a rule now, with a link to where it is said what drives it. */
export function OverTable(props: {
  report: CostRulesReport;
  timezone: string;
}) {
  const { report, timezone } = props;
  const { currency, rules, over } = report;
  const { t } = useRuleTranslation();
  const href = useCostTabHref();
  const ruleOf = ({ ruleId }: RuleFinding) => {
    const rule = rules.find(({ id }) => id === ruleId);
    return rule ? ruleText(rule, currency, t) : ruleId;
  };
  return (
    <DataTable<RuleFinding>
      id="rules-over"
      label={t('over')}
      columns={[
        {
          id: 'subject',
          title: t('column.subject'),
          value: row => subjectText(row, t),
          render: row =>
            'entityRef' in row.subject ? (
              <Link to={href(row.subject.entityRef)}>
                {subjectText(row, t)}
              </Link>
            ) : (
              subjectText(row, t)
            ),
        },
        { id: 'rule', title: t('column.rule'), value: ruleOf },
        {
          id: 'value',
          title: t('column.value'),
          numeric: true,
          value: row => row.percent,
          render: row =>
            row.unknown ? (
              <Tag tone="wait">{t('lastHours')}</Tag>
            ) : (
              valueText(row, currency)
            ),
          csv: row => (row.unknown ? t('lastHours') : valueText(row, currency)),
        },
        moneyColumn<RuleFinding>({
          id: 'perDay',
          title: t('column.perDay'),
          hint: t('column.perDayHint'),
          currency,
          micros: ({ perDay }) =>
            perDay === undefined ? undefined : toMicros(perDay),
          summed: false,
        }),
        {
          id: 'since',
          title: t('column.since'),
          value: row => row.since,
          render: row => formatInstant(row.since, timezone),
        },
      ]}
      rows={over}
      rowKey={({ ruleId, subject }) => `${ruleId} ${JSON.stringify(subject)}`}
      initialSorting={{ column: 'perDay', direction: 'desc' }}
      fileName="cost-rules-over"
    />
  );
}
