import { Link } from '@backstage/core-components';
import { Figure, FigureGrid, SavedFigure } from '@headroom/react';
import { ScalingOverview } from '@headroom/plugin-scaling-common';
import { useScalingSettings } from '../../settings';
import { asWantedText } from '../../format';
import { useScalingTranslation } from '../../useScalingTranslation';
import { useScalingWording } from '../../useScalingWording';
import { useScalingLinks } from '../links';

/** The five figures of the page: how much is steered, is it so, what waits, what it brought, what is wrong. */
export function NowHeadline(props: { overview: ScalingOverview }) {
  const { overview } = props;
  const { policies, covered, asWanted, waitingForMe, savings } = overview;
  const { unresolved, contested } = overview;
  const { t } = useScalingTranslation();
  const wordingOf = useScalingWording();
  const links = useScalingLinks();
  const { settings } = useScalingSettings();
  const blind = settings?.clusters.filter(({ problem }) => problem).length ?? 0;
  const problems = [
    unresolved > 0 && t('now.unresolved', { count: unresolved }),
    contested > 0 && t('now.contested', { count: contested }),
    blind > 0 && t('now.blind', { count: blind }),
  ].filter(Boolean);
  return (
    <FigureGrid>
      <Figure
        label={t('now.covered')}
        value={String(covered)}
        comparison={t('now.coveredBase', { count: policies })}
      />
      <Figure
        label={t('now.asWanted')}
        value={String(asWanted)}
        comparison={asWantedText(covered, asWanted, t)}
      />
      <Figure
        label={t('now.waiting')}
        value={String(waitingForMe)}
        comparison={
          waitingForMe > 0 && links ? (
            <Link to={links.tab('plans')}>{t('now.waitingOpen')}</Link>
          ) : (
            t('now.waitingNone')
          )
        }
      />
      <SavedFigure
        measured={savings.measured}
        notYet={savings.notYet}
        remark={savings.remark && wordingOf(savings.remark)}
      />
      <Figure
        label={t('now.problems')}
        value={String(unresolved + contested + blind)}
        comparison={
          problems.length === 0 ? t('now.problemsNone') : problems.join(', ')
        }
      />
    </FigureGrid>
  );
}
