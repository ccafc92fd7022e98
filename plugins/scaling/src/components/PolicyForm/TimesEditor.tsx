import { DayTimes } from '@headroom/plugin-scaling-common';
import { useScalingTranslation } from '../../useScalingTranslation';
import { FieldRow, NumberInput, SelectInput, TextInput } from './fields';

const KINDS = ['span', 'duration', 'allDay'] as const;

function kindOf(times: DayTimes): (typeof KINDS)[number] {
  if ('allDay' in times) {
    return 'allDay';
  }
  return 'end' in times ? 'span' : 'duration';
}

function timesOf(kind: (typeof KINDS)[number], before: DayTimes): DayTimes {
  const start = 'start' in before ? before.start : '07:00';
  switch (kind) {
    case 'allDay':
      return { allDay: true };
    case 'duration':
      return { start, durationMinutes: 600 };
    default:
      return { start, end: '19:00' };
  }
}

/** From when to when, or how long, or all day. */
export function TimesEditor(props: {
  path: string;
  value: DayTimes;
  onChange: (value: DayTimes) => void;
}) {
  const { path, value, onChange } = props;
  const { t } = useScalingTranslation();
  return (
    <FieldRow>
      <SelectInput
        path={path}
        label={t('times.kind')}
        value={kindOf(value)}
        options={KINDS.map(kind => ({
          value: kind,
          label: t(`times.${kind}`),
        }))}
        onChange={kind => onChange(timesOf(kind, value))}
      />
      {'start' in value && (
        <TextInput
          path={`${path}.start`}
          label={t('times.start')}
          type="time"
          value={value.start}
          onChange={start => onChange({ ...value, start })}
        />
      )}
      {'end' in value && (
        <TextInput
          path={`${path}.end`}
          label={t('times.end')}
          hint={value.end <= value.start ? t('times.nextDay') : undefined}
          // An input of a time has no 24:00, which is an end all the same.
          type={value.end === '24:00' ? 'text' : 'time'}
          value={value.end}
          onChange={end => onChange({ ...value, end })}
        />
      )}
      {'durationMinutes' in value && (
        <NumberInput
          path={`${path}.durationMinutes`}
          label={t('times.minutes')}
          value={value.durationMinutes}
          min={1}
          onChange={minutes =>
            onChange({ ...value, durationMinutes: minutes ?? NaN })
          }
        />
      )}
    </FieldRow>
  );
}
