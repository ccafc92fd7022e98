import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import ErrorIcon from '@material-ui/icons/ErrorOutline';
import InfoIcon from '@material-ui/icons/InfoOutlined';
import RightIcon from '@material-ui/icons/CheckCircleOutline';
import WarningIcon from '@material-ui/icons/ReportProblemOutlined';
import {
  CHECK_SEVERITIES,
  CheckFinding,
  CheckSeverity,
} from '@headroom/common';
import { useCostTranslation } from '../../useCostTranslation';
import { useCostWording } from '../../useCostWording';
import { MendLine } from './MendLine';

const ICONS = {
  wrong: ErrorIcon,
  missing: WarningIcon,
  note: InfoIcon,
  right: RightIcon,
};

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  finding: {
    display: 'flex',
    gap: theme.spacing(1),
    padding: theme.spacing(1, 0),
    '& + &': { borderTop: `1px solid ${theme.palette.divider}` },
  },
  right: { padding: theme.spacing(0.25, 0), '& + &': { borderTop: 0 } },
  body: { flex: 1, minWidth: 0, overflowWrap: 'anywhere' },
  wrong: { color: theme.palette.error.main },
  missing: { color: theme.palette.warning.main },
  note: { color: theme.palette.info.main },
}));

/** What a check found, the worst first: sentence, effect and what mends it. */
export function FindingList(props: { findings: CheckFinding[] }) {
  const { t } = useCostTranslation();
  return (
    <>
      {CHECK_SEVERITIES.map(severity => {
        const found = props.findings.filter(
          finding => finding.severity === severity,
        );
        return found.length === 0 ? null : (
          <SeverityGroup
            key={severity}
            severity={severity}
            title={t('check.counted', {
              severity: t(`check.severity.${severity}`),
              found: String(found.length),
            })}
            findings={found}
          />
        );
      })}
    </>
  );
}

function SeverityGroup(props: {
  severity: CheckSeverity;
  title: string;
  findings: CheckFinding[];
}) {
  const { severity, title, findings } = props;
  const classes = useStyles();
  const { t } = useCostTranslation();
  const wordingOf = useCostWording();
  const Icon = ICONS[severity];
  const colour = severity === 'right' ? undefined : classes[severity];
  return (
    <div>
      <Typography variant="subtitle2" component="h4">
        {title}
      </Typography>
      <ul className={classes.list} aria-label={title}>
        {findings.map(finding => (
          <li
            key={finding.id}
            className={`${classes.finding} ${
              severity === 'right' ? classes.right : ''
            }`}
          >
            <Icon
              fontSize="small"
              className={colour}
              titleAccess={t(`check.severity.${severity}`)}
            />
            <div className={classes.body}>
              <Typography variant="body2">
                {wordingOf({
                  message: finding.sentence,
                  wording: finding.wording?.sentence,
                })}
              </Typography>
              {finding.effect && (
                <Typography variant="body2" color="textSecondary">
                  {wordingOf({
                    message: finding.effect,
                    wording: finding.wording?.effect,
                  })}
                </Typography>
              )}
              {finding.mend && (
                <MendLine mend={finding.mend} where={finding.wording?.where} />
              )}
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}
