import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { Link } from '@backstage/core-components';
import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';
import { makeStyles } from '@material-ui/core/styles';
import { ReactNode, useId } from 'react';
import { useLocation, useResolvedPath } from 'react-router-dom';
import { formatMoney } from '@headroom/react';
import { scopeParams, useCostScope } from '../../scope';
import { useCostTranslation } from '../../useCostTranslation';
import { useSaving } from '../Advice';

const SUB_PAGES = ['cost', 'gpu', 'advice'] as const;

const useStyles = makeStyles(theme => ({
  tab: { textTransform: 'none', minWidth: 96 },
  hint: {
    marginLeft: theme.spacing(1),
    fontWeight: theme.typography.fontWeightRegular as number,
    color: theme.palette.text.secondary,
  },
}));

/** Tabs that lead to the sub-pages of a service's cost, and the one that is open. */
export function SubPageTabs(props: { entity: Entity; children: ReactNode }) {
  const { entity, children } = props;
  const classes = useStyles();
  const { t } = useCostTranslation();
  const [scope] = useCostScope();
  const saving = useSaving(stringifyEntityRef(entity), scope.currency);
  const hint =
    saving &&
    t('advice.tabSaving', {
      money: formatMoney(saving.micros, saving.currency),
    });
  const base = useResolvedPath('.').pathname.replace(/\/$/, '');
  const { pathname } = useLocation();
  const [segment] = pathname.slice(base.length + 1).split('/');
  const open = SUB_PAGES.find(page => page === segment) ?? 'cost';
  const query = scopeParams(scope).toString();
  const id = useId();
  return (
    <>
      <Tabs
        value={open}
        indicatorColor="primary"
        textColor="primary"
        aria-label={t('advice.tab.label', {
          name: entity.metadata.title ?? entity.metadata.name,
        })}
      >
        {SUB_PAGES.map(page => (
          <Tab
            key={page}
            value={page}
            className={classes.tab}
            id={`${id}-tab-${page}`}
            aria-controls={`${id}-panel`}
            component={Link}
            to={
              `${base}${page === 'cost' ? '' : `/${page}`}${
                query && `?${query}`
              }` || '/'
            }
            label={
              <span>
                {t(`advice.tab.${page}`)}{' '}
                {page === 'advice' && hint && (
                  <span className={classes.hint}>{hint}</span>
                )}
              </span>
            }
          />
        ))}
      </Tabs>
      <div
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-tab-${open}`}
      >
        {children}
      </div>
    </>
  );
}
