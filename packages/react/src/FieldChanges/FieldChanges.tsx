import { FieldChange, formatFieldPath, Json } from '@headroom/common';
import { makeStyles } from '@material-ui/core/styles';
import { useHeadroomTranslation } from '../translation/useHeadroomTranslation';

const useStyles = makeStyles(theme => ({
  root: { margin: 0, padding: 0, listStyle: 'none' },
  path: { fontFamily: 'monospace', overflowWrap: 'anywhere' },
  after: { fontWeight: theme.typography.fontWeightBold as number },
}));

/** A value as people read it. */
function useValueText(): (value: Json) => string {
  const { t } = useHeadroomTranslation();
  return value => {
    if (value === null) {
      return t('changes.absent');
    }
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  };
}

/** Who had set a field before, where that is noted. */
function useSetByText(): (change: FieldChange) => string {
  const { t } = useHeadroomTranslation();
  return ({ setBy }) =>
    setBy === undefined ? '' : t('changes.setBy', { manager: setBy });
}

/** Gives changes as text: `spec.minReplicas: 3 → 1; spec.maxReplicas: 9 → 3`. @public */
export function useChangesText(): (changes: readonly FieldChange[]) => string {
  const said = useValueText();
  const setBy = useSetByText();
  return changes =>
    changes
      .map(change =>
        [
          `${formatFieldPath(change.path)}: ${said(
            change.before,
          )} \u2192 ${said(change.after)}`,
          setBy(change),
        ]
          .filter(Boolean)
          .join(' '),
      )
      .join('; ');
}

/** What fields of an object were and what they are set to. @public */
export function FieldChanges(props: { changes: readonly FieldChange[] }) {
  const classes = useStyles();
  const said = useValueText();
  const setBy = useSetByText();
  return (
    <ul className={classes.root}>
      {props.changes.map(change => (
        <li key={formatFieldPath(change.path)}>
          <span className={classes.path}>{formatFieldPath(change.path)}</span>:{' '}
          {said(change.before)} →{' '}
          <span className={classes.after}>{said(change.after)}</span>
          {change.setBy !== undefined && ` ${setBy(change)}`}
        </li>
      ))}
    </ul>
  );
}
