import { useApi } from '@backstage/core-plugin-api';
import { BudgetRow, CostApi } from '@headroom/plugin-cost-common';
import { csvBlob, csvTable, DataColumn, DownloadButton } from '@headroom/react';
import { costApiRef } from '../../api';
import { useBudgetTranslation } from '../../useBudgetTranslation';
import { BudgetPicks } from './useBudgetPicks';

/** As many as the server gives at once. */
const PAGE_ROWS = 1000;

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
        csvBlob(csvTable(await allBudgets(api, picks, entityRef), columns))
      }
      failed={t('table.csvFailed')}
      refused={reason => t('table.csvRefused', { reason })}
    />
  );
}

/** Page after page; one that has moved between two of them meanwhile is there once. */
async function allBudgets(
  api: Pick<CostApi, 'getBudgets'>,
  picks: BudgetPicks,
  entityRef: string | undefined,
): Promise<BudgetRow[]> {
  const rows = new Map<string, BudgetRow>();
  for (let offset = 0; ; offset += PAGE_ROWS) {
    const { budgets, totalRows } = await api.getBudgets({
      ...picks,
      entityRef,
      offset,
      limit: PAGE_ROWS,
    });
    for (const row of budgets) {
      rows.set(row.id, row);
    }
    if (budgets.length === 0 || offset + PAGE_ROWS >= totalRows) {
      return [...rows.values()];
    }
  }
}
