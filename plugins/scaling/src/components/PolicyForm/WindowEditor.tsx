import Button from '@material-ui/core/Button';
import {
  ScheduleWindow,
  Weekday,
  WEEKDAYS,
} from '@headroom/plugin-scaling-common';
import { DateTime } from 'luxon';
import { useScalingTranslation } from '../../useScalingTranslation';
import { DaysPicker } from './DaysPicker';
import {
  FieldGroup,
  FieldRow,
  NumberInput,
  SelectInput,
  TextInput,
} from './fields';
import { TimesEditor } from './TimesEditor';
import { WishEditor } from './WishEditor';

const TYPES = ['weekly', 'cron', 'dated'] as const;

/** A window of another type that keeps its title and what it wants. */
function windowOf(
  type: ScheduleWindow['type'],
  { title, wish }: ScheduleWindow,
): ScheduleWindow {
  const kept = { ...(title && { title }), wish };
  const times = { start: '07:00', end: '19:00' };
  switch (type) {
    case 'cron':
      return { ...kept, type, cron: '0 7 * * 1-5', durationMinutes: 720 };
    case 'dated':
      return { ...kept, type, date: DateTime.now().toISODate()!, times };
    default:
      return { ...kept, type, days: WEEKDAYS.slice(0, 5), times };
  }
}

/** When something is wanted, and what. */
export function WindowEditor(props: {
  path: string;
  /** From 1. */
  number: number;
  value: ScheduleWindow;
  onChange: (value: ScheduleWindow) => void;
  onRemove: () => void;
}) {
  const { path, number, value, onChange, onRemove } = props;
  const { t } = useScalingTranslation();
  return (
    <FieldGroup
      label={t('form.window', { number: String(number) })}
      path={path}
    >
      <FieldRow>
        <SelectInput
          path={`${path}.type`}
          label={t('form.windowType')}
          value={value.type}
          options={TYPES.map(type => ({
            value: type,
            label: t(`form.windowTypes.${type}`),
          }))}
          onChange={type => onChange(windowOf(type, value))}
        />
        <TextInput
          path={`${path}.title`}
          label={t('form.windowTitle')}
          value={value.title ?? ''}
          onChange={title => onChange({ ...value, title: title || undefined })}
        />
      </FieldRow>
      {value.type === 'weekly' && (
        <>
          <DaysPicker
            path={`${path}.days`}
            value={value.days}
            onChange={days => onChange({ ...value, days })}
          />
          <TimesEditor
            path={`${path}.times`}
            value={value.times}
            onChange={times => onChange({ ...value, times })}
          />
          <FieldRow>
            <SelectInput<Weekday | ''>
              path={`${path}.endDay`}
              label={t('form.endDay')}
              hint={t('form.endDayHint')}
              value={value.endDay ?? ''}
              options={[
                { value: '', label: t('form.endDayNone') },
                ...WEEKDAYS.map(day => ({
                  value: day,
                  label: t(`days.long.${day}`),
                })),
              ]}
              onChange={day =>
                onChange({ ...value, endDay: day === '' ? undefined : day })
              }
            />
            <TextInput
              path={`${path}.validFrom`}
              label={t('form.validFrom')}
              type="date"
              value={value.validFrom ?? ''}
              onChange={date =>
                onChange({ ...value, validFrom: date || undefined })
              }
            />
            <TextInput
              path={`${path}.validUntil`}
              label={t('form.validUntil')}
              type="date"
              value={value.validUntil ?? ''}
              onChange={date =>
                onChange({ ...value, validUntil: date || undefined })
              }
            />
          </FieldRow>
        </>
      )}
      {value.type === 'cron' && (
        <FieldRow>
          <TextInput
            path={`${path}.cron`}
            label={t('form.cron')}
            hint={t('form.cronHint')}
            value={value.cron}
            onChange={cron => onChange({ ...value, cron })}
          />
          <NumberInput
            path={`${path}.durationMinutes`}
            label={t('times.minutes')}
            value={value.durationMinutes}
            min={1}
            onChange={minutes =>
              onChange({ ...value, durationMinutes: minutes ?? NaN })
            }
          />
        </FieldRow>
      )}
      {value.type === 'dated' && (
        <>
          <FieldRow>
            <TextInput
              path={`${path}.date`}
              label={t('form.date')}
              type="date"
              value={value.date}
              onChange={date => onChange({ ...value, date })}
            />
            <TextInput
              path={`${path}.lastDate`}
              label={t('form.lastDate')}
              type="date"
              value={value.lastDate ?? ''}
              onChange={date =>
                onChange({ ...value, lastDate: date || undefined })
              }
            />
          </FieldRow>
          <TimesEditor
            path={`${path}.times`}
            value={value.times}
            onChange={times => onChange({ ...value, times })}
          />
        </>
      )}
      <WishEditor
        path={`${path}.wish`}
        label={t('form.wish')}
        value={value.wish}
        onChange={wish => onChange({ ...value, wish })}
      />
      <div>
        <Button size="small" onClick={onRemove}>
          {t('form.removeWindow', { number: String(number) })}
        </Button>
      </div>
    </FieldGroup>
  );
}
