import { useApi } from '@backstage/core-plugin-api';
import { ReasonDialog } from '@headroom/react';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { ScalingWorkload } from '@headroom/plugin-scaling-common';
import { useId, useState } from 'react';
import { scalingApiRef } from '../../api';
import { useScalingTranslation } from '../../useScalingTranslation';
import { workloadText } from '../WorkloadName';

/** What somebody asks for: up now and until the next window, or up or down for a time. */
export type OverrideKind = 'wake' | 'up' | 'down';

const HOURS = [1, 2, 4, 8, 12, 24, 48, 72] as const;
const FIRST_HOURS = 4;

/** Asks until when and why, and keeps workloads up or down until then. */
export function OverrideDialog(props: {
  kind: OverrideKind;
  workloads: readonly ScalingWorkload[];
  /** Whether a next change of the schedule is in sight. */
  hasNext: boolean;
  onDone: () => void;
  onClose: () => void;
}) {
  const { kind, workloads, hasNext, onDone, onClose } = props;
  const { t } = useScalingTranslation();
  const api = useApi(scalingApiRef);
  const id = useId();
  const [until, setUntil] = useState<string>(
    kind === 'wake' && hasNext ? 'next-window' : String(FIRST_HOURS),
  );
  return (
    <ReasonDialog
      title={t(`override.${kind}.title`)}
      text={
        <>
          {t(`override.${kind}.text`)}
          <ul>
            {workloads.map(workload => (
              <li key={workload.id}>{workloadText(workload)}</li>
            ))}
          </ul>
        </>
      }
      undo={t('override.undo')}
      submit={t(`override.${kind}.submit`)}
      onSubmit={async reason => {
        await api.override({
          workloads: workloads.map(workload => workload.id),
          direction: kind === 'down' ? 'down' : 'up',
          until:
            until === 'next-window' ? 'next-window' : { hours: Number(until) },
          reason,
        });
        onDone();
      }}
      onClose={onClose}
    >
      <TextField
        id={`${id}-until`}
        select
        label={t('override.until')}
        value={until}
        onChange={event => setUntil(event.target.value)}
        SelectProps={{ native: true }}
      >
        {hasNext && (
          <option value="next-window">{t('override.nextWindow')}</option>
        )}
        {HOURS.map(hours => (
          <option key={hours} value={String(hours)}>
            {t('override.hours', { count: hours })}
          </option>
        ))}
      </TextField>
      <Typography variant="body2">{t('override.never')}</Typography>
    </ReasonDialog>
  );
}
