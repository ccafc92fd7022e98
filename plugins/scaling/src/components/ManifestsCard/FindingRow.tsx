import { CopyTextButton, Link } from '@backstage/core-components';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import ErrorIcon from '@material-ui/icons/ErrorOutline';
import ExpandIcon from '@material-ui/icons/ExpandMore';
import WarningIcon from '@material-ui/icons/ReportProblemOutlined';
import {
  formatManifestPath,
  ManifestFindingView,
} from '@headroom/plugin-scaling-common';
import { Tag } from '@headroom/react';
import { useId, useState } from 'react';
import { useScalingTranslation } from '../../useScalingTranslation';
import { useScalingWording } from '../../useScalingWording';
import { fixText } from './fixText';
import { useRuleHref } from './useRuleHref';

const useStyles = makeStyles(theme => ({
  root: {
    listStyle: 'none',
    padding: theme.spacing(1, 0),
    borderTop: `1px solid ${theme.palette.divider}`,
  },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
  },
  where: { overflowWrap: 'anywhere' },
  said: { overflowWrap: 'anywhere', marginTop: theme.spacing(0.5) },
  fix: {
    display: 'flex',
    alignItems: 'flex-start',
    gap: theme.spacing(1),
    marginTop: theme.spacing(1),
  },
  patch: {
    flex: 1,
    minWidth: 0,
    margin: 0,
    padding: theme.spacing(1),
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    fontSize: 12,
    color: theme.palette.text.primary,
    backgroundColor: theme.palette.action.hover,
    borderRadius: theme.shape.borderRadius,
  },
  open: { transform: 'rotate(180deg)' },
}));

/** One thing that is wrong: what and where, and behind a button why and what mends it. */
export function FindingRow(props: { finding: ManifestFindingView }) {
  const { finding } = props;
  const { rule, severity, object, path, file, line, said, why } = finding;
  const classes = useStyles();
  const { t } = useScalingTranslation();
  const wordingOf = useScalingWording();
  const href = useRuleHref();
  const [isOpen, setOpen] = useState(false);
  const detailsId = useId();
  const name = `${object.kind} ${object.name}`;
  const fix = fixText(finding);
  const link = href(rule);
  return (
    <li className={classes.root}>
      <div className={classes.head}>
        <Tag
          tone={severity === 'error' ? 'bad' : 'wait'}
          icon={severity === 'error' ? ErrorIcon : WarningIcon}
        >
          {t(`manifests.${severity}`)}
        </Tag>
        {link ? (
          <Link to={link} aria-label={t('manifests.rule', { rule })}>
            {rule}
          </Link>
        ) : (
          <strong>{rule}</strong>
        )}
        <Typography
          variant="body2"
          component="span"
          color="textSecondary"
          className={classes.where}
        >
          {name} · <code>{formatManifestPath(path)}</code>
          {file !== undefined && ` · ${file}:${line ?? 1}`}
        </Typography>
      </div>
      <Typography variant="body2" className={classes.said}>
        {wordingOf(said)}
      </Typography>
      <Button
        size="small"
        aria-expanded={isOpen}
        aria-controls={isOpen ? detailsId : undefined}
        aria-label={t('manifests.details', { rule, object: name })}
        endIcon={<ExpandIcon className={isOpen ? classes.open : undefined} />}
        onClick={() => setOpen(before => !before)}
      >
        {t('manifests.why')}
      </Button>
      {isOpen && (
        <div id={detailsId}>
          <Typography variant="body2">{wordingOf(why)}</Typography>
          {fix === undefined ? (
            <Typography variant="body2" color="textSecondary">
              {t('manifests.noFix')}
            </Typography>
          ) : (
            <div className={classes.fix}>
              <pre
                className={classes.patch}
                aria-label={t('manifests.fix')}
                role="group"
              >
                {fix}
              </pre>
              <CopyTextButton
                text={fix}
                tooltipText={t('manifests.copied')}
                aria-label={t('manifests.copyFix', { rule, object: name })}
              />
            </div>
          )}
        </div>
      )}
    </li>
  );
}
