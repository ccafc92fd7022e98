import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import { useUrlParam } from '@headroom/react';
import { ScalingFilter } from '@headroom/plugin-scaling-common';
import { useEffect, useId, useMemo, useState } from 'react';
import { useScalingSettings } from '../settings';
import { useScalingTranslation } from '../useScalingTranslation';

/** How long nobody types before the back end is asked. */
const TYPING_MS = 400;

const useStyles = makeStyles(theme => ({
  root: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(2) },
  field: { minWidth: 150 },
}));

/** What the back end is asked for, as the URL has it. */
export function useScopeFilter(): ScalingFilter {
  const [cluster] = useUrlParam('cluster');
  const [namespace] = useUrlParam('namespace');
  const [policyId] = useUrlParam('policy');
  const [text] = useUrlParam('text');
  return useMemo(
    () => ({ cluster, namespace, policyId, text }),
    [cluster, namespace, policyId, text],
  );
}

function TypedParam(props: { param: string; label: string }) {
  const { param, label } = props;
  const classes = useStyles();
  const id = useId();
  const [value = '', setValue] = useUrlParam(param);
  const [typed, setTyped] = useState(value);
  useEffect(() => {
    if (typed === value) {
      return undefined;
    }
    const timer = setTimeout(() => setValue(typed.trim()), TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed, value, setValue]);
  return (
    <TextField
      id={id}
      type="search"
      size="small"
      className={classes.field}
      label={label}
      value={typed}
      onChange={event => setTyped(event.target.value)}
    />
  );
}

/** Narrows what the back end is asked for, where there is more than a table can hold. */
export function ScopeFilter(props: {
  /** Of the policy too. */
  policy?: boolean;
}) {
  const classes = useStyles();
  const { t } = useScalingTranslation();
  const id = useId();
  const { settings } = useScalingSettings();
  const [cluster = '', setCluster] = useUrlParam('cluster');
  return (
    <div role="search" aria-label={t('filter.label')} className={classes.root}>
      <TextField
        id={id}
        select
        size="small"
        className={classes.field}
        label={t('column.cluster')}
        value={cluster}
        onChange={event => setCluster(event.target.value)}
        SelectProps={{ native: true }}
        InputLabelProps={{ shrink: true }}
      >
        <option value="">{t('filter.allClusters')}</option>
        {[
          ...new Set([
            ...(settings?.clusters ?? []).map(({ name }) => name),
            ...(cluster ? [cluster] : []),
          ]),
        ].map(name => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </TextField>
      <TypedParam param="namespace" label={t('column.namespace')} />
      {props.policy && (
        <TypedParam param="policy" label={t('filter.policyId')} />
      )}
      <TypedParam param="text" label={t('filter.text')} />
    </div>
  );
}
