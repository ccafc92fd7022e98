import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { useApi } from '@backstage/core-plugin-api';
import {
  BudgetList,
  BudgetReport,
  BudgetRow,
  budgetState,
} from '@headroom/plugin-cost-common';
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
import { BudgetPaging, BudgetTable } from './BudgetTable';
import { BudgetPicks, useBudgetPicks } from './useBudgetPicks';

/** Budgets are evaluated every few minutes; a page that stays open follows. */
const REFRESH_MS = 60_000;

const FIRST_PAGE_SIZE = 25;

/**
 * Budgets of a group and all below it, of a service, or all there are, and one of them in
 * full; below all there are what is over a rule.
 */
export function BudgetsView(props: { entityRef?: string }) {
  const { entityRef } = props;
  const api = useApi(costApiRef);
  const column = useColumn();
  const { t } = useBudgetTranslation();
  const [picks, pick] = useBudgetPicks();
  const [page, setPage] = useState(0);
  const [pageSize, setPageSize] = useState(FIRST_PAGE_SIZE);
  const [changes, setChanges] = useState(0);
  const load = useCallback(
    async (signal: AbortSignal) => {
      const query = { ...picks, offset: page * pageSize, limit: pageSize };
      const list = await api.getBudgets({ ...query, entityRef }, { signal });
      return { list, asked: { picks, page, pageSize, changes } };
    },
    [api, entityRef, picks, page, pageSize, changes],
  );
  // Rows stay in place while others are on their way.
  const { state, retry } = useReport(
    load,
    `budgets ${entityRef ?? ''}`,
    REFRESH_MS,
  );
  const onPick = useCallback(
    (change: Partial<BudgetPicks>) => {
      setPage(0);
      pick(change);
    },
    [pick],
  );
  return (
    <LoadedSection title={t('title')} state={state} onRetry={retry}>
      {({ list, asked }) => (
        <div className={column.root}>
          <Loaded
            list={list}
            entityRef={entityRef}
            picks={picks}
            onPick={onPick}
            paging={{
              page,
              pageSize,
              onPage: setPage,
              onPageSize: size => {
                setPage(0);
                setPageSize(size);
              },
            }}
            busy={
              asked.picks !== picks ||
              asked.page !== page ||
              asked.pageSize !== pageSize ||
              asked.changes !== changes
            }
            changes={changes}
            onChanged={() => setChanges(count => count + 1)}
          />
          {entityRef === undefined && <RulesSection timezone={list.timezone} />}
        </div>
      )}
    </LoadedSection>
  );
}

function Loaded(props: {
  list: BudgetList;
  entityRef?: string;
  picks: BudgetPicks;
  onPick: (change: Partial<BudgetPicks>) => void;
  paging: BudgetPaging;
  busy: boolean;
  /** How often a budget was made, changed or removed here. */
  changes: number;
  onChanged: () => void;
}) {
  const { list, entityRef, picks, onPick, paging, busy, changes } = props;
  const { t } = useBudgetTranslation();
  const [chosen, choose] = useUrlParam('budget');
  const [dialog, setDialog] = useState<'new' | BudgetRow>();
  const [saved, setSaved] = useState<string>();
  const [known, setKnown] = useState<BudgetReport>();
  // A list from before does not know yet.
  const [removed, setRemoved] = useState<string>();
  const first = [list.own, firstThatCounts(list.budgets, removed)].find(
    row => row !== undefined && row.id !== removed,
  )?.id;
  // Another order or filter of the table does not open another one below it.
  const [shown, setShown] = useState(first);
  const head = useRef<HTMLDivElement>(null);
  const keepFocus = useKeptFocus(head);
  const onSaved = (id: string) => {
    setDialog(undefined);
    choose(id);
    setSaved(id);
    setKnown(undefined);
    props.onChanged();
  };
  const onRemoved = (id: string) => {
    keepFocus();
    choose(undefined);
    setShown(undefined);
    setRemoved(id);
    props.onChanged();
  };
  const open = chosen ?? shown ?? first;
  const isEmpty =
    list.budgets.length === 0 && Object.keys(list.states).length === 0;
  return (
    <>
      <div ref={head} tabIndex={-1} role="group" aria-label={t('title')}>
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
          {isEmpty && picks.q === undefined ? (
            <NoBudgets />
          ) : (
            <BudgetTable
              list={{ ...list, budgets: withKnown(list.budgets, known) }}
              entityRef={entityRef}
              picks={picks}
              onPick={onPick}
              paging={paging}
              busy={busy}
              open={open}
              onOpen={choose}
            />
          )}
        </Section>
      </div>
      {open !== undefined && (
        <BudgetDetail
          key={open}
          id={open}
          changes={changes}
          timezone={list.timezone}
          onEdit={setDialog}
          isSaved={open === saved}
          onSavedShown={() => setSaved(undefined)}
          onKnown={setKnown}
          onRemoved={() => onRemoved(open)}
          onLeave={() => {
            keepFocus();
            choose(undefined);
          }}
        />
      )}
      {dialog !== undefined && (
        <BudgetDialog
          row={dialog === 'new' ? undefined : dialog}
          entityRef={entityRef}
          currencies={list.currencies}
          timezone={list.timezone}
          onSaved={onSaved}
          onClose={() => setDialog(undefined)}
        />
      )}
    </>
  );
}

function NoBudgets() {
  const { t } = useBudgetTranslation();
  return (
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
  );
}

/** Rows with what the budget that is open says of itself, where a row has no evaluation yet. */
function withKnown(
  rows: BudgetRow[],
  known: BudgetReport | undefined,
): BudgetRow[] {
  return rows.map(row =>
    known?.id === row.id && budgetState(row) === 'pending'
      ? { ...row, status: known.status, problem: known.problem }
      : row,
  );
}

function firstThatCounts(
  rows: readonly BudgetRow[],
  removed: string | undefined,
): BudgetRow | undefined {
  const left = rows.filter(({ id }) => id !== removed);
  return left.find(row => row.overruledBy === undefined) ?? left[0];
}
