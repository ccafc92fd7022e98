import Button from '@material-ui/core/Button';
import {
  ExceptionWish,
  ScheduleException,
  Wish,
} from '@headroom/plugin-scaling-common';
import { useScalingTranslation } from '../../useScalingTranslation';
import { FieldGroup, FieldRow, SelectInput, TextInput } from './fields';
import { TimesEditor } from './TimesEditor';
import { WishEditor } from './WishEditor';

/** What an exception sets: what holds outside of windows, or a wish of its own. */
export function ExceptionWishEditor(props: {
  path: string;
  value: ExceptionWish;
  onChange: (value: ExceptionWish) => void;
}) {
  const { path, value, onChange } = props;
  const { t } = useScalingTranslation();
  return (
    <>
      <SelectInput
        path={path}
        label={t('form.exceptionWish')}
        value={value.type === 'outside' ? 'outside' : 'own'}
        options={[
          { value: 'outside', label: t('form.asOutside') },
          { value: 'own', label: t('form.ownWish') },
        ]}
        onChange={kind =>
          onChange(kind === 'outside' ? { type: kind } : { type: 'untouched' })
        }
      />
      {value.type !== 'outside' && (
        <WishEditor
          path={path}
          label={t('form.wish')}
          value={value as Wish}
          onChange={onChange}
        />
      )}
    </>
  );
}

/** A date on which the windows don't hold. */
export function ExceptionEditor(props: {
  path: string;
  number: number;
  value: ScheduleException;
  onChange: (value: ScheduleException) => void;
  onRemove: () => void;
}) {
  const { path, number, value, onChange, onRemove } = props;
  const { t } = useScalingTranslation();
  return (
    <FieldGroup
      label={t('form.exception', { number: String(number) })}
      path={path}
    >
      <FieldRow>
        <TextInput
          path={`${path}.title`}
          label={t('form.exceptionTitle')}
          value={value.title}
          required
          onChange={title => onChange({ ...value, title })}
        />
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
          onChange={date => onChange({ ...value, lastDate: date || undefined })}
        />
      </FieldRow>
      <TimesEditor
        path={`${path}.times`}
        value={value.times}
        onChange={times => onChange({ ...value, times })}
      />
      <ExceptionWishEditor
        path={`${path}.wish`}
        value={value.wish}
        onChange={wish => onChange({ ...value, wish })}
      />
      <div>
        <Button size="small" onClick={onRemove}>
          {t('form.removeException', { number: String(number) })}
        </Button>
      </div>
    </FieldGroup>
  );
}
