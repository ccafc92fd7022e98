import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import { PolicyMention } from '@headroom/plugin-scaling-common';
import { useScalingTranslation } from '../../useScalingTranslation';
import { useScalingLinks } from '../links';

const useStyles = makeStyles(theme => ({
  second: { fontSize: 12, color: theme.palette.text.secondary },
}));

/** A policy by its title, the way to it, who made it and how far it goes. */
export function PolicyLink(props: { policy: PolicyMention }) {
  const { id, title, origin, mode } = props.policy;
  const classes = useStyles();
  const { t } = useScalingTranslation();
  const links = useScalingLinks();
  return (
    <div>
      {links ? <Link to={links.policy(id)}>{title}</Link> : title}
      <div className={classes.second}>
        {t(`origin.${origin}.short`)} · {t(`mode.${mode}.name`)}
      </div>
    </div>
  );
}
