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

/** Gives changes as text: `spec.minReplicas: 3 → 1; spec.maxReplicas: 9 → 3`. @public */
export function useChangesText(): (changes: readonly FieldChange[]) => string {
  const said = useValueText();
  return changes =>
    changes
      .map(
        ({ path, before, after }) =>
          `${formatFieldPath(path)}: ${said(before)} \u2192 ${said(after)}`,
      )
      .join('; ');
}

/** What fields of an object were and what they are set to. @public */
export function FieldChanges(props: { changes: readonly FieldChange[] }) {
  const classes = useStyles();
  const said = useValueText();
  return (
    <ul className={classes.root}>
      {props.changes.map(({ path, before, after }) => (
        <li key={formatFieldPath(path)}>
          <span className={classes.path}>{formatFieldPath(path)}</span>:{' '}
          {said(before)} → <span className={classes.after}>{said(after)}</span>
        </li>
      ))}
    </ul>
  );
}
