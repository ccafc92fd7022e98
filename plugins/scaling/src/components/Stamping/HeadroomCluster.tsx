import { useApi } from '@backstage/core-plugin-api';
import TextField from '@material-ui/core/TextField';
import { useReport } from '@headroom/react';
import { useCallback, useEffect } from 'react';
import { scalingApiRef } from '../../api';
import { useScalingTranslation } from '../../useScalingTranslation';
import { FieldProps, inputPropsOf } from './fieldProps';

/** What a template may say of the field. */
export interface ClusterOptions {
  /** It may be left empty. */
  allowNone?: boolean;
}

/** One of the clusters that there are. */
export function HeadroomCluster(
  props: FieldProps<string | undefined, ClusterOptions>,
) {
  const { formData, onChange, uiSchema } = props;
  const { t } = useScalingTranslation();
  const api = useApi(scalingApiRef);
  const load = useCallback(
    (signal: AbortSignal) => api.getSettings({ signal }),
    [api],
  );
  const { state } = useReport(load);
  const clusters = state.status === 'ok' ? state.value.clusters : undefined;
  const allowNone = uiSchema?.['ui:options']?.allowNone === true;

  // Where there is no choice, it is made.
  const only = clusters?.length === 1 && !allowNone ? clusters[0].name : '';
  useEffect(() => {
    if (only && !formData) {
      onChange(only);
    }
  }, [only, formData, onChange]);

  const input = inputPropsOf(props, { label: t('stamping.cluster.label') });
  const change = (value: string) => onChange(value || undefined);
  if (state.status === 'error') {
    return (
      <TextField
        {...input}
        fullWidth
        value={formData ?? ''}
        helperText={t('stamping.cluster.failed')}
        onChange={event => change(event.target.value)}
      />
    );
  }
  // A value that is no choice any more is shown, and refused when it is checked.
  const isGone = formData && !clusters?.some(({ name }) => name === formData);
  return (
    <TextField
      {...input}
      select
      fullWidth
      value={formData ?? ''}
      disabled={input.disabled || !clusters}
      helperText={clusters ? input.helperText : t('stamping.cluster.loading')}
      onChange={event => change(event.target.value)}
      SelectProps={{ native: true }}
      InputLabelProps={{ shrink: true }}
    >
      <option value="">
        {t(allowNone ? 'stamping.cluster.none' : 'stamping.cluster.choose')}
      </option>
      {isGone && <option value={formData}>{formData}</option>}
      {clusters?.map(({ name, title }) => (
        <option key={name} value={name}>
          {title === name ? name : `${title} (${name})`}
        </option>
      ))}
    </TextField>
  );
}
