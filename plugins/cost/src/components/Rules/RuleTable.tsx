import { CostRuleRow, CostRulesReport } from '@headroom/plugin-cost-common';
import { DataTable, Tag, toMicros } from '@headroom/react';
import { RuleTranslate, useRuleTranslation } from '../../useRuleTranslation';
import { moneyColumn } from '../costColumns';
import { ruleText } from './ruleText';

/** The rules, and how many are over each. */
export function RuleTable({ report }: { report: CostRulesReport }) {
  const { currency, rules, over } = report;
  const { t } = useRuleTranslation();
  const countOf = ({ id }: CostRuleRow) =>
    over.filter(({ ruleId }) => ruleId === id).length;
  return (
    <DataTable<CostRuleRow>
      id="rules"
      label={t('title')}
      columns={[
        {
          id: 'rule',
          title: t('column.rule'),
          value: rule => ruleText(rule, currency, t),
        },
        {
          id: 'held',
          title: t('column.held'),
          numeric: true,
          value: ({ holdHours }) => holdHours,
          render: ({ holdHours }) => t('hours', { count: holdHours }),
        },
        {
          id: 'subjects',
          title: t('column.subjects'),
          value: rule => subjectsText(rule, t),
        },
        moneyColumn<CostRuleRow>({
          id: 'floor',
          title: t('column.floor'),
          hint: t('column.floorHint'),
          currency,
          micros: ({ floor }) => toMicros(floor),
          summed: false,
        }),
        {
          id: 'over',
          title: t('column.over'),
          numeric: true,
          value: rule => (isJudged(rule) ? countOf(rule) : undefined),
          render: rule => (isJudged(rule) ? String(countOf(rule)) : '–'),
        },
        {
          id: 'unknown',
          title: t('column.unknown'),
          numeric: true,
          value: rule => (isJudged(rule) ? rule.unknown : undefined),
          render: rule =>
            isJudged(rule)
              ? `${rule.unknown}${rule.unknownMore ? '+' : ''}`
              : '–',
        },
        {
          id: 'state',
          title: t('column.state'),
          value: ({ enabled }) => t(enabled ? 'enabled' : 'disabled'),
          render: ({ enabled }) => (
            <Tag tone={enabled ? 'good' : 'plain'}>
              {t(enabled ? 'enabled' : 'disabled')}
            </Tag>
          ),
        },
      ]}
      rows={rules}
      rowKey={({ id }) => id}
      initialSorting={{ column: 'over', direction: 'desc' }}
      fileName="cost-rules"
    />
  );
}

function isJudged({ enabled, through }: CostRuleRow): boolean {
  return enabled && through !== undefined;
}

function subjectsText(
  { subjects, onlySome }: CostRuleRow,
  t: RuleTranslate,
): string {
  const all = subjects.map(each => t(`subjects.${each}`)).join(', ');
  return onlySome ? t('some', { subjects: all }) : all;
}
