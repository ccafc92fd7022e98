import { Link } from '@backstage/core-components';
import { useApi } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import { AnomalyRow } from '@headroom/plugin-cost-common';
import {
  DataTable,
  entityName,
  errorMessage,
  formatDay,
  Notice,
  toMicros,
} from '@headroom/react';
import { useState } from 'react';
import { costApiRef } from '../../api';
import { useAnomalyTranslation } from '../../useAnomalyTranslation';
import { useCostTabHref } from '../CostEntityLink';
import { moneyColumn } from '../costColumns';
import { useAnomalyText } from './useAnomalyText';

/** All incidents of the last 90 days, with what became of them. */
export function PastAnomalies(props: {
  rows: AnomalyRow[];
  currency: string;
  timezone: string;
  fileName: string;
  /** Names lead to what they are of. */
  isLinked: boolean;
  onChanged: () => void;
}) {
  const { rows, currency, timezone, fileName, isLinked, onChanged } = props;
  const href = useCostTabHref();
  const { t } = useAnomalyTranslation();
  const { causeTexts } = useAnomalyText(currency, timezone);
  const api = useApi(costApiRef);
  const [problem, setProblem] = useState<string>();
  const takeBack = async (id: number) => {
    setProblem(undefined);
    try {
      await api.unexpectAnomaly(id);
      onChanged();
    } catch (error) {
      setProblem(errorMessage(error as Error));
    }
  };
  const whyOf = (row: AnomalyRow) => {
    const { expectation } = row;
    return [
      ...causeTexts(row),
      ...(expectation
        ? [
            t('expectedBy', {
              by: entityName(expectation.by),
              until: formatDay(expectation.until),
              reason: expectation.reason,
            }),
          ]
        : []),
    ];
  };
  return (
    <>
      {problem && (
        <Notice severity="error">
          {t('takeBackFailed', { reason: problem })}
        </Notice>
      )}
      <DataTable
        id="anomalies"
        label={t('past')}
        columns={[
          {
            id: 'name',
            title: t('column.name'),
            value: (row: AnomalyRow) => entityName(row.entityRef),
            render: ({ entityRef }) =>
              isLinked ? (
                <Link to={href(entityRef)}>{entityName(entityRef)}</Link>
              ) : (
                entityName(entityRef)
              ),
          },
          {
            id: 'since',
            title: t('column.since'),
            value: row => row.firstDay,
            render: row => formatDay(row.firstDay),
          },
          {
            id: 'until',
            title: t('column.until'),
            value: row => row.lastDay,
            render: row => formatDay(row.lastDay),
          },
          moneyColumn<AnomalyRow>({
            id: 'excess',
            title: t('column.excess'),
            currency,
            micros: row => toMicros(row.excess),
            // A team's has that of its services in it.
            summed: rows.every(({ kind }) => kind === rows[0].kind),
          }),
          {
            id: 'percent',
            title: t('column.percent'),
            numeric: true,
            value: row => row.percent,
          },
          {
            id: 'state',
            title: t('column.state'),
            value: row => t(`state.${row.end ?? 'open'}`),
          },
          {
            id: 'why',
            title: t('column.why'),
            value: row => whyOf(row).join(' '),
            render: row => (
              <>
                {whyOf(row).map((text, i) => (
                  <div key={i}>{text}</div>
                ))}
                {row.expectation && (
                  <Button size="small" onClick={() => takeBack(row.id)}>
                    {t('takeBack')}
                  </Button>
                )}
              </>
            ),
          },
        ]}
        rows={rows}
        rowKey={row => String(row.id)}
        initialSorting={{ column: 'since', direction: 'desc' }}
        fileName={fileName}
      />
    </>
  );
}
