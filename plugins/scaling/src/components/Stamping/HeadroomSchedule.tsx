import { readSchedule, runningShare } from '@headroom/plugin-scaling-common';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { useScalingTranslation } from '../../useScalingTranslation';
import { useScalingWording } from '../../useScalingWording';
import { FieldProps, formValuesOf, inputPropsOf } from './fieldProps';
import { scheduleSaid } from './scheduleIssues';

const HOURS_PER_WEEK = 168;

/** When a service has to run, as its annotation writes it; what it means is said beneath. */
export function HeadroomSchedule(props: FieldProps<string | undefined>) {
  const { formData = '', onChange } = props;
  const { t } = useScalingTranslation();
  const wordingOf = useScalingWording();
  const { timezone } = formValuesOf(props);
  const zone = typeof timezone === 'string' && timezone ? timezone : 'UTC';
  const { policy, issues } = formData.trim()
    ? readSchedule(formData, zone, { nowMs: 0 })
    : { policy: undefined, issues: [] };

  const input = inputPropsOf(props, {
    label: t('stamping.schedule.label'),
    hint: t('stamping.schedule.hint'),
  });
  return (
    <>
      <TextField
        {...input}
        fullWidth
        value={formData}
        onChange={event => onChange(event.target.value || undefined)}
        inputProps={{ ...input.inputProps, spellCheck: false }}
      />
      <div role="status">
        {issues.map((issue, index) => (
          <Typography key={index} variant="body2" component="p">
            {wordingOf(scheduleSaid(issue))}
          </Typography>
        ))}
        {policy && (
          <Typography variant="body2" component="p">
            {t('stamping.schedule.hours', {
              hours: String(Math.round(runningShare(policy) * HOURS_PER_WEEK)),
              zone,
            })}
          </Typography>
        )}
      </div>
    </>
  );
}
