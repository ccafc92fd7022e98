import Link from '@material-ui/core/Link';
import { BudgetRow } from '@headroom/plugin-cost-common';
import {
  DataTable,
  formatMoney,
  formatShare,
  shareOf,
  Tag,
  TagTone,
  toMicros,
} from '@headroom/react';
import {
  BudgetTranslate,
  useBudgetTranslation,
} from '../../useBudgetTranslation';
import { budgetName, BudgetState, budgetState } from './budgetState';

const TONES: Record<BudgetState, TagTone> = {
  over: 'bad',
  forecast: 'wait',
  near: 'wait',
  ok: 'good',
  unknown: 'plain',
  pending: 'plain',
  overruled: 'plain',
};
/** The worst first. */
const ORDER: BudgetState[] = [
  'over',
  'forecast',
  'near',
  'unknown',
  'pending',
  'ok',
  'overruled',
];

/** How a budget stands, in a word. */
export function StateTag({ state }: { state: BudgetState }) {
  const { t } = useBudgetTranslation();
  return <Tag tone={TONES[state]}>{t(`state.${state}`)}</Tag>;
}

/** Budgets and how they stand; choosing one opens it below. */
export function BudgetTable(props: {
  rows: BudgetRow[];
  open?: string;
  onOpen: (id: string) => void;
}) {
  const { rows, open, onOpen } = props;
  const { t } = useBudgetTranslation();
  return (
    <DataTable
      id="budgets"
      label={t('title')}
      columns={[
        {
          id: 'budget',
          title: t('table.budget'),
          value: budgetName,
          render: row => (
            <Link
              component="button"
              type="button"
              variant="body2"
              aria-pressed={row.id === open}
              onClick={() => onOpen(row.id)}
            >
              {budgetName(row)}
            </Link>
          ),
        },
        {
          id: 'limit',
          title: t('table.limit'),
          numeric: true,
          value: row => (row.status ? toMicros(row.status.limit) : undefined),
          render: row => limitText(row, t),
        },
        {
          id: 'spent',
          title: t('table.spent'),
          numeric: true,
          value: shareSpent,
          render: spentText,
        },
        {
          id: 'forecast',
          title: t('table.forecast'),
          hint: t('table.forecastHint'),
          numeric: true,
          value: row => forecastOf(row),
          render: row => {
            const forecast = forecastOf(row);
            return forecast === undefined
              ? '–'
              : formatMoney(forecast, row.budget.currency);
          },
        },
        {
          id: 'state',
          title: t('table.state'),
          value: row => ORDER.indexOf(budgetState(row)),
          render: row => <StateTag state={budgetState(row)} />,
          csv: row => t(`state.${budgetState(row)}`),
        },
        {
          id: 'origin',
          title: t('table.origin'),
          value: row => t(`origin.${row.origin}`),
        },
      ]}
      rows={rows}
      rowKey={row => row.id}
      initialSorting={{ column: 'state', direction: 'asc' }}
      fileName="budgets"
    />
  );
}

function limitText({ budget, status }: BudgetRow, t: BudgetTranslate): string {
  return t('perPeriod', {
    amount: status
      ? formatMoney(toMicros(status.limit), budget.currency)
      : `${budget.amount} ${budget.currency}`,
    period: t(`period.${budget.period.type}`),
  });
}

function shareSpent({ status }: BudgetRow): number | undefined {
  if (!status) {
    return undefined;
  }
  const limit = toMicros(status.limit);
  const spent = toMicros(status.spent);
  return limit > 0n ? shareOf(spent, limit) : Number(spent > 0n) * 1000;
}

function spentText(row: BudgetRow): string {
  const { status, budget } = row;
  if (!status) {
    return '–';
  }
  const spent = formatMoney(toMicros(status.spent), budget.currency);
  const limit = toMicros(status.limit);
  return limit > 0n
    ? `${spent} (${formatShare(shareOf(toMicros(status.spent), limit))})`
    : spent;
}

function forecastOf({ status }: BudgetRow): bigint | undefined {
  return status?.projection.status === 'ok'
    ? toMicros(status.projection.total)
    : undefined;
}
