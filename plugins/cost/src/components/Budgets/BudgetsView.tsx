import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { useApi } from '@backstage/core-plugin-api';
import { BudgetList, BudgetRow } from '@headroom/plugin-cost-common';
import {
  Notice,
  Section,
  useColumn,
  useKeptFocus,
  useReport,
  useUrlParam,
} from '@headroom/react';
import { useCallback, useRef, useState } from 'react';
import { costApiRef } from '../../api';
import { LoadedSection } from '../ReportFrame';
import { RulesSection } from '../Rules';
import { useBudgetTranslation } from '../../useBudgetTranslation';
import { BudgetDetail } from './BudgetDetail';
import { BudgetDialog } from './BudgetDialog';
import { mainBudget } from './budgetState';
import { BudgetTable } from './BudgetTable';

/** Budgets are evaluated every few minutes; a page that stays open follows. */
const REFRESH_MS = 60_000;

/**
 * Budgets of a group and all below it, of a service, or all there are, and one of them in
 * full; below all there are what is over a rule.
 */
export function BudgetsView(props: { entityRef?: string }) {
  const { entityRef } = props;
  const api = useApi(costApiRef);
  const column = useColumn();
  const { t } = useBudgetTranslation();
  const load = useCallback(
    (signal: AbortSignal) => api.getBudgets({ entityRef }, { signal }),
    [api, entityRef],
  );
  const { state, retry } = useReport(
    load,
    `budgets ${entityRef ?? ''}`,
    REFRESH_MS,
  );
  return (
    <LoadedSection title={t('title')} state={state} onRetry={retry}>
      {list => (
        <div className={column.root}>
          <Loaded list={list} entityRef={entityRef} onChanged={retry} />
          {entityRef === undefined && <RulesSection timezone={list.timezone} />}
        </div>
      )}
    </LoadedSection>
  );
}

function Loaded(props: {
  list: BudgetList;
  entityRef?: string;
  onChanged: () => void;
}) {
  const { list, entityRef, onChanged } = props;
  const { t } = useBudgetTranslation();
  const [chosen, choose] = useUrlParam('budget');
  const [dialog, setDialog] = useState<'new' | BudgetRow>();
  const head = useRef<HTMLDivElement>(null);
  const keepFocus = useKeptFocus(head);
  const open =
    list.budgets.find(({ id }) => id === chosen) ??
    mainBudget(list.budgets, entityRef);
  return (
    <>
      <div ref={head} tabIndex={-1}>
        <Section
          title={t('title')}
          subtitle={list.simulated && t('simulated')}
          action={
            list.mayCreate && (
              <Button
                variant="outlined"
                color="primary"
                onClick={() => setDialog('new')}
              >
                {t('create')}
              </Button>
            )
          }
        >
          {list.restricted && (
            <Notice severity="info">{t('restricted')}</Notice>
          )}
          {list.budgets.length === 0 ? (
            <>
              <Typography variant="subtitle1" component="h3">
                {t('none')}
              </Typography>
              <Typography variant="body2" paragraph>
                {t('noneText')}
              </Typography>
              <Typography variant="body2" color="textSecondary">
                {t('noneConfig')}
              </Typography>
            </>
          ) : (
            <BudgetTable rows={list.budgets} open={open?.id} onOpen={choose} />
          )}
        </Section>
      </div>
      {open && (
        <BudgetDetail
          key={open.id}
          row={open}
          timezone={list.timezone}
          onEdit={setDialog}
          onRemoved={() => {
            keepFocus();
            choose(undefined);
            onChanged();
          }}
        />
      )}
      {dialog !== undefined && (
        <BudgetDialog
          row={dialog === 'new' ? undefined : dialog}
          entityRef={entityRef}
          currencies={list.currencies}
          timezone={list.timezone}
          onSaved={id => {
            setDialog(undefined);
            keepFocus();
            choose(id);
            onChanged();
          }}
          onClose={() => setDialog(undefined)}
        />
      )}
    </>
  );
}
