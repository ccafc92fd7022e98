import {
  CompletionReport,
  CompletionRow,
  REVIEW_PARTS,
} from '@headroom/plugin-cost-common';
import {
  ChoiceGroup,
  DataColumn,
  DataTable,
  entityName,
  formatMoney,
  Section,
  toMicros,
  useUrlParam,
} from '@headroom/react';
import { addDays } from '@headroom/common';
import {
  CompletionTranslate,
  useCompletionTranslation,
} from '../../useCompletionTranslation';
import { moneyColumn } from '../costColumns';
import { CostEntityLink } from '../CostEntityLink';
import { SplitBar, splitSize } from '../Review/SplitBar';
import { SavedByService } from './useSavingRows';
import { VerdictTag } from './VerdictTag';

const GROUPINGS = ['service', 'team'] as const;

function nameOf(row: CompletionRow, t: CompletionTranslate): string {
  switch (row.kind) {
    case 'idle':
    case 'unallocated':
    case 'unowned':
      return t(`costs.${row.kind}`);
    case 'others':
      return t('costs.others', { count: row.count ?? 0 });
    default:
      return row.title ?? entityName(row.entityRef ?? row.key);
  }
}

function sizeOf({ change = '0' }: CompletionRow): bigint {
  const micros = toMicros(change);
  return micros < 0n ? -micros : micros;
}

/** What costs more or less than in the baseline, why, and what was measured of it. */
export function CompletionCosts(props: {
  report: CompletionReport;
  saved?: SavedByService;
}) {
  const { report, saved } = props;
  const { t } = useCompletionTranslation();
  const [by, setBy] = useUrlParam('by');
  const groupBy = by === 'team' ? 'team' : 'service';
  const rows = groupBy === 'team' ? report.rows.teams : report.rows.services;
  return (
    <Section
      title={t('costs.title')}
      subtitle={t('costs.subtitle')}
      action={
        <ChoiceGroup
          label={t('costs.by')}
          choices={GROUPINGS.map(value => ({
            value,
            label: t(`costs.${value}`),
          }))}
          value={groupBy}
          onChoose={value => setBy(value === 'team' ? value : undefined)}
        />
      }
    >
      <DataTable
        key={groupBy}
        id={`completion-${groupBy}`}
        label={t('costs.title')}
        columns={columnsOf({ report, rows, groupBy, saved, t })}
        rows={rows}
        rowKey={row => row.key}
        initialSorting={{ column: 'change', direction: 'desc' }}
        isPinned={({ kind }) => kind !== 'service' && kind !== 'team'}
        fileName={`completion-by-${groupBy}`}
      />
    </Section>
  );
}

function columnsOf(options: {
  report: CompletionReport;
  rows: readonly CompletionRow[];
  groupBy: 'service' | 'team';
  saved?: SavedByService;
  t: CompletionTranslate;
}): DataColumn<CompletionRow>[] {
  const { report, rows, groupBy, saved, t } = options;
  const { currency, now } = report;
  const largest = rows.map(splitSize).reduce((a, b) => (a > b ? a : b), 0n);
  const money = (
    id: string,
    title: string,
    of: (row: CompletionRow) => string | undefined,
    more: { change?: boolean; hint?: string } = {},
  ) =>
    moneyColumn<CompletionRow>({
      id,
      title,
      currency,
      micros: row => {
        const amount = of(row);
        return amount === undefined ? undefined : toMicros(amount);
      },
      ...more,
    });
  return [
    {
      id: 'name',
      title: t(`costs.${groupBy}`),
      value: row => nameOf(row, t),
      render: row => (
        <>
          {row.entityRef === undefined ? (
            nameOf(row, t)
          ) : (
            <CostEntityLink
              entityRef={row.entityRef}
              scope={{
                window: 'custom',
                from: now.start,
                to: addDays(now.end, -1),
                idle: 'separate',
              }}
            >
              {nameOf(row, t)}
            </CostEntityLink>
          )}
          <SplitBar row={row} largest={largest} />
        </>
      ),
    },
    {
      ...money('change', t('costs.change'), row => row.change, {
        change: true,
      }),
      // The largest change comes first, whichever way it went.
      value: sizeOf,
    },
    ...REVIEW_PARTS.map(part =>
      money(part, t(`part.${part}`), row => row.parts?.[part], {
        change: true,
        hint: t(`hint.${part}`),
      }),
    ),
    money('before', t('costs.before'), row => row.before),
    money('after', t('costs.after'), row => row.after),
    ...(groupBy === 'service' ? serviceColumns(saved, t) : []),
  ];
}

function serviceColumns(
  saved: SavedByService | undefined,
  t: CompletionTranslate,
): DataColumn<CompletionRow>[] {
  const savedOf = ({ entityRef }: CompletionRow) => saved?.get(entityRef ?? '');
  const textOf = (row: CompletionRow) => {
    const found = savedOf(row);
    return found && formatMoney(found.micros, found.currency);
  };
  return [
    ...(saved
      ? [
          {
            id: 'measured',
            title: t('costs.measured'),
            hint: t('costs.measuredHint'),
            numeric: true,
            value: (row: CompletionRow) => savedOf(row)?.micros,
            render: (row: CompletionRow) => textOf(row) ?? '–',
            csv: textOf,
          },
        ]
      : []),
    {
      id: 'verdict',
      title: t('costs.verdict'),
      value: ({ verdict }) => verdict && t(`verdict.${verdict}`),
      render: ({ verdict }) =>
        verdict ? <VerdictTag verdict={verdict} /> : '–',
    },
  ];
}
