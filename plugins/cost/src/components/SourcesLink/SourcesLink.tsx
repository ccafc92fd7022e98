import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { rootRouteRef } from '../../routes';
import { useCostTranslation } from '../../useCostTranslation';

/** Address of the Sources tab; undefined in a portal that left the page out and has the tabs of entities only. */
function useSourcesHref(): string | undefined {
  try {
    return `${useRouteRef(rootRouteRef)()}/sources`;
  } catch {
    // It throws after its last hook, so their order holds.
    return undefined;
  }
}

/** Leads to the state of the sources: what is in, what is missing and why. */
export function SourcesLink() {
  const href = useSourcesHref();
  const { t } = useCostTranslation();
  return href ? (
    <Link underline="always" to={href}>
      {t('sourcesLink')}
    </Link>
  ) : (
    <>{t('sourcesNowhere')}</>
  );
}
