import { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';

/** What a field of the scaffolder's forms is given. */
export type FieldProps<
  TValue,
  TOptions = Record<string, never>,
> = FieldExtensionComponentProps<TValue, TOptions>;

/** The values of all steps of a form, as far as they are filled in. */
export function formValuesOf(props: {
  formContext?: unknown;
}): Record<string, unknown> {
  const { formData } = (props.formContext ?? {}) as { formData?: unknown };
  return typeof formData === 'object' && formData !== null
    ? (formData as Record<string, unknown>)
    : {};
}

/** What an input of a field has: its name and hint as the template words them, and that it is wrong. */
export function inputPropsOf(
  props: Pick<
    FieldProps<unknown, unknown>,
    'schema' | 'idSchema' | 'required' | 'disabled' | 'rawErrors'
  > & { uiSchema?: { 'ui:help'?: unknown } },
  words: { label: string; hint?: string },
) {
  const { schema, uiSchema, idSchema, required, disabled } = props;
  const { rawErrors = [] } = props;
  const isWrong = rawErrors.length > 0;
  const id = idSchema?.$id;
  // The form shows a template's own hint beneath the field: ours would be a second.
  const isHelped = Boolean(uiSchema?.['ui:help']);
  const helperText = schema?.description ?? (isHelped ? undefined : words.hint);
  const describedBy = [
    isWrong && `${id}__error`,
    isHelped && `${id}__help`,
    helperText && `${id}-helper-text`,
  ]
    .filter(Boolean)
    .join(' ');
  return {
    id,
    label: schema?.title ?? words.label,
    helperText,
    required,
    disabled,
    error: isWrong,
    inputProps: {
      'aria-invalid': isWrong || undefined,
      // The form shows what is wrong, and its hint, beneath the field.
      ...((isWrong || isHelped) && { 'aria-describedby': describedBy }),
    },
  };
}

/** What the schema of a template finds wrong with a part of a field: `amount`, `replicas.max`. */
export function schemaProblem(
  errorSchema: unknown,
  path: string,
): string | undefined {
  const at = path
    .split('.')
    .reduce<unknown>(
      (errors, part) =>
        typeof errors === 'object' && errors !== null
          ? (errors as Record<string, unknown>)[part]
          : undefined,
      errorSchema,
    );
  const { __errors: said } = (at ?? {}) as { __errors?: string[] };
  return said?.length ? said.join(', ') : undefined;
}
