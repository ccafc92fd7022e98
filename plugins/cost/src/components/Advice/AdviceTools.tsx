import FormControlLabel from '@material-ui/core/FormControlLabel';
import Switch from '@material-ui/core/Switch';
import TextField from '@material-ui/core/TextField';
import Tooltip from '@material-ui/core/Tooltip';
import { AdviceRow } from '@headroom/plugin-cost-common';
import { ChoiceGroup } from '@headroom/react';
import { useCostTranslation } from '../../useCostTranslation';
import { AdvicePicks } from './useAdviceQuery';

const STATUSES: readonly AdviceRow['status'][] = ['change', 'keep', 'withheld'];

/** Filters advice by status and cluster, and brings back what was dismissed. */
export function AdviceTools(props: {
  picks: AdvicePicks;
  onChange: (changes: Partial<AdvicePicks>) => void;
  clusters: readonly string[];
}) {
  const { picks, onChange, clusters } = props;
  const { t } = useCostTranslation();
  return (
    <>
      <ChoiceGroup<AdviceRow['status'] | 'all'>
        label={t('advice.filter.status')}
        choices={[
          { value: 'all', label: t('advice.filter.all') },
          ...STATUSES.map(value => ({
            value,
            label: t(`advice.status.${value}`),
          })),
        ]}
        value={picks.status ?? 'all'}
        onChoose={status =>
          onChange({ status: status === 'all' ? undefined : status })
        }
      />
      {clusters.length > 1 && (
        <TextField
          select
          id="advice-cluster"
          size="small"
          label={t('advice.filter.cluster')}
          value={picks.cluster ?? ''}
          onChange={event =>
            onChange({ cluster: event.target.value || undefined })
          }
          SelectProps={{ native: true }}
          InputLabelProps={{ shrink: true, htmlFor: 'advice-cluster' }}
        >
          <option value="">{t('advice.filter.allClusters')}</option>
          {clusters.map(cluster => (
            <option key={cluster} value={cluster}>
              {cluster}
            </option>
          ))}
        </TextField>
      )}
      <Tooltip title={t('advice.filter.decidedHint')}>
        <FormControlLabel
          label={t('advice.filter.decided')}
          control={
            <Switch
              size="small"
              color="primary"
              checked={picks.decided === 'show'}
              onChange={event =>
                onChange({
                  decided: event.target.checked ? 'show' : undefined,
                })
              }
            />
          }
        />
      </Tooltip>
    </>
  );
}
