import { CopyTextButton } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { CheckMend, Wording } from '@headroom/common';
import { useCostTranslation } from '../../useCostTranslation';
import { useCostWording } from '../../useCostWording';

const useStyles = makeStyles(theme => ({
  row: {
    display: 'flex',
    alignItems: 'flex-start',
    backgroundColor: theme.palette.action.hover,
    borderRadius: theme.shape.borderRadius,
    marginTop: theme.spacing(0.5),
  },
  line: {
    flex: 1,
    minWidth: 0,
    margin: 0,
    padding: theme.spacing(1),
    fontSize: theme.typography.body2.fontSize,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  },
}));

/** Where a line belongs, and the line, to be copied. */
export function MendLine(props: { mend: CheckMend; where?: Wording }) {
  const { where, line } = props.mend;
  const classes = useStyles();
  const { t } = useCostTranslation();
  const wordingOf = useCostWording();
  return (
    <>
      <Typography variant="body2" color="textSecondary">
        {wordingOf({ message: where, wording: props.where })}:
      </Typography>
      <div className={classes.row}>
        <pre className={classes.line}>{line}</pre>
        <CopyTextButton
          text={line}
          tooltipText={t('check.copied')}
          aria-label={t('check.copy', { line })}
        />
      </div>
    </>
  );
}
