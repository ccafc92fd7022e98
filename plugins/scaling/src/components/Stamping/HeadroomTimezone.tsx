import TextField from '@material-ui/core/TextField';
import { useEffect, useMemo } from 'react';
import { useScalingTranslation } from '../../useScalingTranslation';
import { FieldProps, inputPropsOf } from './fieldProps';

/** A time zone; the reader's own unless the template has another. */
export function HeadroomTimezone(props: FieldProps<string | undefined>) {
  const { formData, onChange, schema, idSchema } = props;
  const { t } = useScalingTranslation();
  const zones = useMemo(
    () => ['UTC', ...Intl.supportedValuesOf('timeZone')],
    [],
  );
  const preset = schema?.default;
  useEffect(() => {
    if (formData === undefined && preset === undefined) {
      onChange(new Intl.DateTimeFormat().resolvedOptions().timeZone);
    }
  }, [formData, preset, onChange]);

  const { inputProps, ...input } = inputPropsOf(props, {
    label: t('stamping.timezone.label'),
    hint: t('stamping.timezone.hint'),
  });
  const list = `${idSchema?.$id}-zones`;
  return (
    <>
      <TextField
        {...input}
        fullWidth
        value={formData ?? ''}
        onChange={event => onChange(event.target.value)}
        inputProps={{ ...inputProps, list, spellCheck: false }}
      />
      <datalist id={list}>
        {zones.map(zone => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </>
  );
}
