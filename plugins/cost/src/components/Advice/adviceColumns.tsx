import { AdviceRow } from '@headroom/plugin-cost-common';
import {
  DataColumn,
  Money,
  formatMinutes,
  formatShare,
  toMicros,
} from '@headroom/react';
import { rowText } from './adviceRows';
import { ContainerCell } from './ContainerCell';
import { SavingCell } from './SavingCell';
import { SettingCell } from './SettingCell';
import { StatusCell } from './StatusCell';
import { CostTranslate } from '../../useCostTranslation';

const UNKNOWN = '\u2013';

function nowToProposed(
  pair: { current: number; proposed: number } | undefined,
  format: (value: number) => string,
): string {
  if (!pair) {
    return UNKNOWN;
  }
  const now = format(pair.current);
  const proposed = format(pair.proposed);
  return now === proposed ? now : `${now} → ${proposed}`;
}

/** Columns of a table of advice; ids are what the server sorts by. */
export function adviceColumns(options: {
  currency: string;
  t: CostTranslate;
  /** Rows are of many services, and the server sorts them. */
  fleet?: boolean;
}): DataColumn<AdviceRow>[] {
  const { currency, t, fleet } = options;
  const onlyHere = fleet ? { sortable: false } : {};
  return [
    {
      id: 'name',
      title: t('advice.table.container'),
      value: rowText,
      render: row => <ContainerCell row={row} fleet={fleet} />,
    },
    {
      id: 'cpu',
      title: t('advice.table.cpu'),
      hint: t('advice.table.cpuHint'),
      numeric: true,
      ...onlyHere,
      value: row => row.cpu.request,
      render: row => <SettingCell resource="cpu" setting={row.cpu} />,
    },
    {
      id: 'memory',
      title: t('advice.table.memory'),
      hint: t('advice.table.memoryHint'),
      numeric: true,
      ...onlyHere,
      value: row => row.memory.request,
      render: row => <SettingCell resource="memory" setting={row.memory} />,
    },
    {
      id: 'saving',
      title: t('advice.table.saving'),
      hint: t('advice.table.savingHint'),
      numeric: true,
      value: row =>
        row.listSaving === undefined ? undefined : toMicros(row.listSaving),
      render: row => <SavingCell row={row} currency={currency} />,
    },
    {
      id: 'realisable',
      title: t('advice.table.realisable'),
      hint: t('advice.table.realisableHint'),
      numeric: true,
      ...onlyHere,
      value: row =>
        row.realisableSaving === undefined
          ? undefined
          : toMicros(row.realisableSaving),
      render: row =>
        row.realisableSaving === undefined ? (
          UNKNOWN
        ) : (
          <Money micros={toMicros(row.realisableSaving)} currency={currency} />
        ),
    },
    {
      id: 'throttled',
      title: t('advice.table.throttled'),
      hint: t('advice.table.throttledHint'),
      numeric: true,
      value: row => row.throttledMinutes?.current,
      render: row => nowToProposed(row.throttledMinutes, formatMinutes),
    },
    {
      id: 'oom',
      title: t('advice.table.oom'),
      hint: t('advice.table.oomHint'),
      numeric: true,
      value: row => row.oomKills?.current,
      render: row => nowToProposed(row.oomKills, String),
    },
    {
      id: 'confidence',
      title: t('advice.table.confidence'),
      hint: t('advice.table.confidenceHint'),
      numeric: true,
      value: row => row.confidence,
      render: row => formatShare(row.confidence),
    },
    {
      id: 'status',
      title: t('advice.table.status'),
      ...onlyHere,
      value: row =>
        [
          t(`advice.status.${row.status}`),
          ...row.reasons.map(({ code }) => t(`advice.reason.${code}`)),
          ...row.steeredBy,
        ].join(' '),
      render: row => <StatusCell row={row} />,
    },
  ];
}
