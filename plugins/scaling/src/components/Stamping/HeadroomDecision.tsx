import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useEffect, useId, useMemo } from 'react';
import { useScalingTranslation } from '../../useScalingTranslation';
import { DecidedReasons } from './DecidedReasons';
import {
  answersOf,
  decideForm,
  DecisionOptions,
  DecisionValue,
} from './decideForm';
import { DecisionQuestions } from './DecisionQuestions';
import { DecisionSize } from './DecisionSize';
import { FieldProps } from './fieldProps';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
    padding: theme.spacing(2),
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
  },
}));

/** Decides with the reader what a new service is: from what it has to do, with a reason for each choice. */
export function HeadroomDecision(
  props: FieldProps<DecisionValue | undefined, DecisionOptions>,
) {
  const { formData, onChange, uiSchema, schema, errorSchema, disabled } = props;
  const classes = useStyles();
  const id = useId();
  const { t } = useScalingTranslation();
  const kind = uiSchema?.['ui:options']?.kind;
  // Objects of the same answers are made anew each time the form is drawn.
  const key = JSON.stringify(answersOf(formData, kind));
  const { answers, changes } = useMemo<ReturnType<typeof answersOf>>(
    () => JSON.parse(key),
    [key],
  );
  const { value, reasons, issues } = useMemo(
    () => decideForm(answers, changes),
    [answers, changes],
  );

  // What the form has is what is shown, from the first moment on.
  const isKept = formData?.kind !== undefined;
  useEffect(() => {
    if (!isKept) {
      onChange(value);
    }
  }, [isKept, value, onChange]);

  return (
    <section className={classes.root} aria-labelledby={id}>
      <Typography id={id} variant="h6" component="h3">
        {schema?.title ?? t('stamping.decision.label')}
      </Typography>
      <DecisionQuestions
        answers={answers}
        kind={value.kind}
        asksWork={kind === undefined}
        disabled={disabled}
        onChange={next => onChange(decideForm(next, changes).value)}
      />
      <DecisionSize
        value={value}
        issues={issues}
        errorSchema={errorSchema}
        isChanged={Object.keys(changes).length > 0}
        disabled={disabled}
        onChange={more =>
          onChange(decideForm(answers, { ...changes, ...more }).value)
        }
        onReset={() => onChange(decideForm(answers, {}).value)}
      />
      <div role="status" aria-live="polite">
        <DecidedReasons reasons={reasons} />
      </div>
    </section>
  );
}
