import { useApi } from '@backstage/core-plugin-api';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import Paper from '@material-ui/core/Paper';
import Switch from '@material-ui/core/Switch';
import Tooltip from '@material-ui/core/Tooltip';
import { makeStyles } from '@material-ui/core/styles';
import { ReactNode, useCallback } from 'react';
import { ReportWindow, addDays } from '@headroom/common';
import { todayIn, useReport } from '@headroom/react';
import { CostScope } from '@headroom/plugin-cost-common';
import { costApiRef } from '../../api';
import { useCostTranslation } from '../../useCostTranslation';
import { CurrencyPicker } from './CurrencyPicker';
import { WindowPicker } from './WindowPicker';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1, 2),
    padding: theme.spacing(1, 2),
  },
  actions: { marginLeft: 'auto' },
}));

/** What the page is asked for: window, currency, what is done with idle capacity. */
export function ScopeBar(props: {
  scope: CostScope;
  onChange: (scope: CostScope) => void;
  /** Currency of the answer on the page. */
  currency?: string;
  /** Window of the answer on the page. */
  window?: Pick<ReportWindow, 'start' | 'end'>;
  /** Offers to share idle capacity; true when absent. */
  sharing?: boolean;
  children?: ReactNode;
}) {
  const { scope, onChange, currency, window, sharing = true, children } = props;
  const classes = useStyles();
  const { t } = useCostTranslation();
  const api = useApi(costApiRef);
  const load = useCallback(
    (signal: AbortSignal) => api.getSettings({ signal }),
    [api],
  );
  // Without settings the page still works: the report brings its own currency.
  const { state } = useReport(load);
  const settings = state.status === 'ok' ? state.value : undefined;
  const shown = scope.currency ?? currency ?? settings?.currency;

  return (
    <Paper role="group" aria-label={t('scope.label')} className={classes.root}>
      <WindowPicker
        scope={scope}
        onChange={onChange}
        shown={
          window && {
            from: window.start,
            to: addDays(window.end, -1),
          }
        }
        today={settings && todayIn(settings.timezone)}
      />
      {shown && (
        <CurrencyPicker
          currencies={settings?.currencies ?? []}
          value={shown}
          onChange={next =>
            onChange({
              ...scope,
              currency: next === settings?.currency ? undefined : next,
            })
          }
        />
      )}
      {sharing && (
        <Tooltip title={t('scope.shareIdleHint')}>
          <FormControlLabel
            label={t('scope.shareIdle')}
            control={
              <Switch
                size="small"
                color="primary"
                checked={scope.idle === 'shared'}
                onChange={event =>
                  onChange({
                    ...scope,
                    idle: event.target.checked ? 'shared' : 'separate',
                  })
                }
              />
            }
          />
        </Tooltip>
      )}
      <div className={classes.actions}>{children}</div>
    </Paper>
  );
}
