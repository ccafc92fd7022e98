import { decimalToMicros } from '@headroom/common';
import Link from '@material-ui/core/Link';
import TextField from '@material-ui/core/TextField';
import {
  BUDGET_STATES,
  BudgetList,
  budgetName,
  BudgetRow,
  budgetShareSpent,
  BudgetSort,
  BudgetState,
  budgetState,
} from '@headroom/plugin-cost-common';
import {
  DataColumn,
  formatMoney,
  formatShare,
  PagedTable,
  shareOf,
  Tag,
  TagTone,
  toMicros,
} from '@headroom/react';
import { useCallback } from 'react';
import {
  BudgetTranslate,
  useBudgetTranslation,
} from '../../useBudgetTranslation';
import { BudgetCsvButton } from './BudgetCsvButton';
import { BudgetPicks } from './useBudgetPicks';

const TONES: Record<BudgetState, TagTone> = {
  over: 'bad',
  forecast: 'wait',
  near: 'wait',
  ok: 'good',
  unknown: 'plain',
  pending: 'plain',
  overruled: 'plain',
};
/** How a budget stands, in a word. */
export function StateTag({ state }: { state: BudgetState }) {
  const { t } = useBudgetTranslation();
  return <Tag tone={TONES[state]}>{t(`state.${state}`)}</Tag>;
}

/** Which page of the budgets is shown. */
export interface BudgetPaging {
  page: number;
  pageSize: number;
  onPage: (page: number) => void;
  onPageSize: (size: number) => void;
}

/** One page of budgets and how they stand, sorted and filtered by the server; choosing one opens it below. */
export function BudgetTable(props: {
  list: BudgetList;
  entityRef?: string;
  picks: BudgetPicks;
  onPick: (change: Partial<BudgetPicks>) => void;
  paging: BudgetPaging;
  /** Other rows are on their way. */
  busy: boolean;
  open?: string;
  onOpen: (id: string) => void;
}) {
  const { list, entityRef, picks, onPick, paging, open, onOpen } = props;
  const { t } = useBudgetTranslation();
  const columns = budgetColumns({ t, open, onOpen });
  const onText = useCallback((q: string) => onPick({ q }), [onPick]);
  return (
    <PagedTable
      id="budgets"
      label={t('title')}
      columns={columns}
      rows={list.budgets}
      rowKey={row => row.id}
      count={list.totalRows}
      {...paging}
      sorting={{ column: picks.sort, direction: picks.order }}
      text={picks.q ?? ''}
      busy={props.busy}
      onSort={({ column, direction }) =>
        // Columns are what the server sorts by.
        onPick({ sort: column as BudgetSort, order: direction })
      }
      onText={onText}
      tools={<StateFilter list={list} picks={picks} onPick={onPick} />}
      exportButton={
        <BudgetCsvButton
          columns={columns}
          entityRef={entityRef}
          picks={picks}
        />
      }
    />
  );
}

function StateFilter(props: {
  list: BudgetList;
  picks: BudgetPicks;
  onPick: (change: Partial<BudgetPicks>) => void;
}) {
  const { list, picks, onPick } = props;
  const { t } = useBudgetTranslation();
  const all = Object.values(list.states).reduce((sum, count) => sum + count, 0);
  return (
    <TextField
      select
      id="budgets-state"
      size="small"
      label={t('table.states')}
      value={picks.state ?? ''}
      onChange={event =>
        onPick({
          state: BUDGET_STATES.find(state => state === event.target.value),
        })
      }
      SelectProps={{ native: true }}
      InputLabelProps={{ shrink: true, htmlFor: 'budgets-state' }}
    >
      <option value="">{t('table.allStates', { number: String(all) })}</option>
      {BUDGET_STATES.filter(
        state => list.states[state] !== undefined || state === picks.state,
      ).map(state => (
        <option key={state} value={state}>
          {t('table.stateCount', {
            state: t(`state.${state}`),
            number: String(list.states[state] ?? 0),
          })}
        </option>
      ))}
    </TextField>
  );
}

function budgetColumns(options: {
  t: BudgetTranslate;
  open?: string;
  onOpen: (id: string) => void;
}): DataColumn<BudgetRow>[] {
  const { t, open, onOpen } = options;
  return [
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
      value: ({ status }) => status && budgetShareSpent(status),
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
      value: budgetState,
      render: row => <StateTag state={budgetState(row)} />,
      csv: row => t(`state.${budgetState(row)}`),
    },
    {
      id: 'origin',
      title: t('table.origin'),
      value: row => t(`origin.${row.origin}`),
    },
  ];
}

function limitText({ budget, status }: BudgetRow, t: BudgetTranslate): string {
  return t('perPeriod', {
    amount: formatMoney(
      status ? toMicros(status.limit) : decimalToMicros(budget.amount),
      budget.currency,
    ),
    period: t(`period.${budget.period.type}`),
  });
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
