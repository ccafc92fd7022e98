import { LinkButton } from '@backstage/core-components';
import AddIcon from '@material-ui/icons/Add';
import { useScalingTranslation } from '../../useScalingTranslation';
import { useScalingLinks } from '../links';

/** Leads to the form of a new policy. */
export function NewPolicyButton(props: {
  /** What the form begins with. */
  query?: URLSearchParams;
}) {
  const { t } = useScalingTranslation();
  const links = useScalingLinks();
  return links ? (
    <LinkButton
      to={links.newPolicy(props.query)}
      variant="contained"
      color="primary"
      startIcon={<AddIcon />}
    >
      {t('policy.new')}
    </LinkButton>
  ) : null;
}
