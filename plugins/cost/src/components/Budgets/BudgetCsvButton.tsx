import { useApi } from '@backstage/core-plugin-api';
import { BudgetRow } from '@headroom/plugin-cost-common';
import { csvBlob, csvTable, DataColumn, DownloadButton } from '@headroom/react';
import { allRows } from '../../allRows';
import { costApiRef } from '../../api';
import { useBudgetTranslation } from '../../useBudgetTranslation';
import { BudgetPicks } from './useBudgetPicks';

/** Downloads all budgets that match, not only the rows on the page. */
export function BudgetCsvButton(props: {
  columns: DataColumn<BudgetRow>[];
  entityRef?: string;
  picks: BudgetPicks;
}) {
  const { columns, entityRef, picks } = props;
  const { t } = useBudgetTranslation();
  const api = useApi(costApiRef);
  return (
    <DownloadButton
      label={t('table.csv')}
      hint={t('table.csvOf')}
      fileName="budgets.csv"
      load={async () =>
        csvBlob(
          csvTable(
            await allRows<BudgetRow>(
              async page => {
                const list = await api.getBudgets({
                  ...picks,
                  entityRef,
                  ...page,
                });
                return { rows: list.budgets, totalRows: list.totalRows };
              },
              row => row.id,
            ),
            columns,
          ),
        )
      }
      failed={t('table.csvFailed')}
      refused={reason => t('table.csvRefused', { reason })}
    />
  );
}
