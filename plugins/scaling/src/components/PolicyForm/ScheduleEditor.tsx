import Button from '@material-ui/core/Button';
import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import { makeStyles } from '@material-ui/core/styles';
import {
  Schedule,
  ScheduleHolidays,
  WEEKDAYS,
} from '@headroom/plugin-scaling-common';
import { DateTime } from 'luxon';
import { useScalingSettings } from '../../settings';
import { useScalingTranslation } from '../../useScalingTranslation';
import { ExceptionEditor, ExceptionWishEditor } from './ExceptionEditor';
import { FieldGroup, TextInput } from './fields';
import { changeAt, removeAt } from './lists';
import { WindowEditor } from './WindowEditor';

const useStyles = makeStyles(theme => ({
  buttons: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
}));

/** Zones that browsers tell of; they leave out UTC, which is one all the same. */
const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone')];

/** The calendars of days off that a schedule follows. */
function HolidaysEditor(props: {
  path: string;
  value: readonly ScheduleHolidays[];
  onChange: (value: ScheduleHolidays[]) => void;
}) {
  const { path, value, onChange } = props;
  const { t } = useScalingTranslation();
  const { settings } = useScalingSettings();
  const names = [
    ...new Set([
      ...(settings?.calendars ?? []),
      ...value.map(({ calendar }) => calendar),
    ]),
  ];
  if (names.length === 0) {
    return null;
  }
  return (
    <FieldGroup label={t('form.holidays')} path={path}>
      {names.map(calendar => {
        const index = value.findIndex(each => each.calendar === calendar);
        const chosen = index >= 0;
        return (
          <div key={calendar}>
            <FormControlLabel
              control={
                <Checkbox
                  color="primary"
                  checked={chosen}
                  onChange={() =>
                    onChange(
                      chosen
                        ? removeAt(value, index)
                        : [...value, { calendar, wish: { type: 'outside' } }],
                    )
                  }
                />
              }
              label={calendar}
            />
            {chosen && (
              <ExceptionWishEditor
                path={`${path}[${index}].wish`}
                value={value[index].wish}
                onChange={wish =>
                  onChange(changeAt(value, index, { calendar, wish }))
                }
              />
            )}
          </div>
        );
      })}
    </FieldGroup>
  );
}

/** Windows of one zone with their exceptions. */
export function ScheduleEditor(props: {
  path: string;
  value: Schedule;
  onChange: (value: Schedule) => void;
  /** Undefined = it is the only one. */
  onRemove?: () => void;
  number: number;
}) {
  const { path, value, onChange, onRemove, number } = props;
  const { windows, exceptions } = value;
  const classes = useStyles();
  const { t } = useScalingTranslation();
  return (
    <FieldGroup
      label={t('form.schedule', { number: String(number) })}
      path={path}
    >
      <TextInput
        path={`${path}.zone`}
        label={t('form.zone')}
        hint={t('form.zoneHint')}
        value={value.zone}
        options={ZONES}
        onChange={zone => onChange({ ...value, zone })}
      />
      {windows.map((window, index) => (
        <WindowEditor
          key={index}
          path={`${path}.windows[${index}]`}
          number={index + 1}
          value={window}
          onChange={next =>
            onChange({ ...value, windows: changeAt(windows, index, next) })
          }
          onRemove={() =>
            onChange({ ...value, windows: removeAt(windows, index) })
          }
        />
      ))}
      {exceptions.map((exception, index) => (
        <ExceptionEditor
          key={index}
          path={`${path}.exceptions[${index}]`}
          number={index + 1}
          value={exception}
          onChange={next =>
            onChange({
              ...value,
              exceptions: changeAt(exceptions, index, next),
            })
          }
          onRemove={() =>
            onChange({ ...value, exceptions: removeAt(exceptions, index) })
          }
        />
      ))}
      <HolidaysEditor
        path={`${path}.holidays`}
        value={value.holidays}
        onChange={holidays => onChange({ ...value, holidays })}
      />
      <div className={classes.buttons}>
        <Button
          size="small"
          variant="outlined"
          onClick={() =>
            onChange({
              ...value,
              windows: [
                ...windows,
                {
                  type: 'weekly',
                  days: WEEKDAYS.slice(0, 5),
                  times: { start: '07:00', end: '19:00' },
                  wish: { type: 'untouched' },
                },
              ],
            })
          }
        >
          {t('form.addWindow')}
        </Button>
        <Button
          size="small"
          variant="outlined"
          onClick={() =>
            onChange({
              ...value,
              exceptions: [
                ...exceptions,
                {
                  title: '',
                  date: DateTime.now().toISODate()!,
                  times: { allDay: true },
                  wish: { type: 'outside' },
                },
              ],
            })
          }
        >
          {t('form.addException')}
        </Button>
        {onRemove && (
          <Button size="small" onClick={onRemove}>
            {t('form.removeSchedule', { number: String(number) })}
          </Button>
        )}
      </div>
    </FieldGroup>
  );
}
