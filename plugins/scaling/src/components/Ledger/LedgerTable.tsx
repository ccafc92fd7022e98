import { Link } from '@backstage/core-components';
import { LedgerEntry } from '@headroom/common';
import {
  DataColumn,
  DataTable,
  entityName,
  FieldChanges,
  formatInstant,
  Money,
  toMicros,
  useChangesText,
} from '@headroom/react';
import { ScalingAbilities } from '@headroom/plugin-scaling-common';
import { ReactNode } from 'react';
import { useScalingSettings } from '../../settings';
import { useScalingTranslation } from '../../useScalingTranslation';
import { useScalingWording } from '../../useScalingWording';
import { useScalingLinks } from '../links';
import { ActionButtons } from '../PlanDetail/ActionButtons';

/** Who wanted something: a person, or a policy. */
function useByText() {
  const { t } = useScalingTranslation();
  return (by: string) =>
    by.startsWith('policy:')
      ? t('ledger.byPolicy', { policy: by.slice('policy:'.length) })
      : entityName(by);
}

/** What happened, newest first, with what was expected of it. */
export function LedgerTable(props: {
  id: string;
  entries: readonly LedgerEntry[];
  abilities: ScalingAbilities;
  tools?: ReactNode;
  fileName: string;
  onChanged: () => void;
}) {
  const { id, entries, abilities, tools, fileName } = props;
  const { onChanged } = props;
  const { t } = useScalingTranslation();
  const wordingOf = useScalingWording();
  const { timezone } = useScalingSettings();
  const links = useScalingLinks();
  const byText = useByText();
  const changesText = useChangesText();
  // What was taken back already, or is another's by now, can't be undone.
  const over = new Set(
    entries.flatMap(({ event, actionId }) =>
      event === 'undone' || event === 'contested' ? [actionId] : [],
    ),
  );
  const columns: Array<DataColumn<LedgerEntry>> = [
    {
      id: 'at',
      title: t('column.at'),
      // The order in which it was written, whatever the clocks said.
      value: ({ sequence }) => sequence,
      render: ({ at, planId }) =>
        links ? (
          <Link to={links.plan(planId)}>{formatInstant(at, timezone)}</Link>
        ) : (
          formatInstant(at, timezone)
        ),
      csv: ({ at }) => at,
    },
    {
      id: 'event',
      title: t('column.event'),
      value: ({ event }) => t(`event.${event}.name`),
      render: ({ event, text }) => (
        <>
          <strong>{t(`event.${event}.name`)}</strong>
          <div>{wordingOf(text)}</div>
        </>
      ),
    },
    {
      id: 'subject',
      title: t('column.workload'),
      value: ({ subject, entityRef }) =>
        [subject, entityRef].filter(Boolean).join(' '),
      render: ({ subject, target, entityRef }) => (
        <>
          {subject}
          <div>
            {target.type === 'kubernetes' ? target.cluster : target.repository}
            {entityRef && ` · ${entityName(entityRef)}`}
          </div>
        </>
      ),
      csv: ({ subject }) => subject,
    },
    {
      id: 'changes',
      title: t('column.changes'),
      sortable: false,
      value: ({ changes }) => changesText(changes),
      render: ({ changes }) => <FieldChanges changes={changes} />,
    },
    {
      id: 'by',
      title: t('column.by'),
      value: ({ by }) => byText(by),
    },
    {
      id: 'approved',
      title: t('column.approvedBy'),
      value: ({ approvedBy }) => approvedBy && entityName(approvedBy),
    },
    {
      id: 'expected',
      title: t('column.expectedSaving'),
      numeric: true,
      value: ({ expected }) =>
        expected?.savingPerHour === undefined
          ? undefined
          : BigInt(expected.savingPerHour),
      render: ({ expected }) =>
        expected?.savingPerHour !== undefined && expected.currency ? (
          <Money
            micros={toMicros(expected.savingPerHour)}
            currency={expected.currency}
          />
        ) : (
          '\u2013'
        ),
    },
    {
      id: 'undo',
      title: t('column.act'),
      sortable: false,
      value: () => undefined,
      render: ({ event, actionId, subject }) =>
        event === 'applied' && !over.has(actionId) ? (
          <ActionButtons
            action={{
              id: actionId,
              subject,
              state: 'done',
              undo: { message: t('undo.text') },
            }}
            abilities={abilities}
            onDone={onChanged}
          />
        ) : null,
    },
  ];
  return (
    <DataTable
      id={id}
      label={t('ledger.title')}
      rows={entries}
      rowKey={({ sequence }) => String(sequence)}
      columns={columns}
      initialSorting={{ column: 'at', direction: 'desc' }}
      fileName={fileName}
      tools={tools}
    />
  );
}
