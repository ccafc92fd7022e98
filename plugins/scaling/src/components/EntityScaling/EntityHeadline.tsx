import { Figure, FigureGrid, SavedFigure } from '@headroom/react';
import { EntityScaling } from '@headroom/plugin-scaling-common';
import { asWantedText } from '../../format';
import { useScalingTranslation } from '../../useScalingTranslation';
import { useScalingWording } from '../../useScalingWording';
import { isWaiting } from '../Plans/planFacts';

/** Figures of one service: what is steered, is it so, what waits, what it brought. */
export function EntityHeadline(props: { report: EntityScaling }) {
  const { rows, policies, plans, savings } = props.report;
  const { t } = useScalingTranslation();
  const wordingOf = useScalingWording();
  const covered = rows.filter(({ policy }) => policy);
  const asWanted = covered.filter(({ gap }) => !gap).length;
  const waiting = plans.filter(isWaiting).length;
  return (
    <FigureGrid>
      <Figure
        label={t('now.covered')}
        value={t('entity.of', {
          part: String(covered.length),
          all: String(rows.length),
        })}
        comparison={t('now.coveredBase', { count: policies.length })}
      />
      <Figure
        label={t('now.asWanted')}
        value={String(asWanted)}
        comparison={asWantedText(covered.length, asWanted, t)}
      />
      <Figure
        label={t('entity.waiting')}
        value={String(waiting)}
        comparison={t(
          waiting > 0 ? 'entity.waitingBelow' : 'entity.waitingNone',
        )}
      />
      <SavedFigure
        measured={savings.measured}
        notYet={savings.notYet}
        remark={savings.remark && wordingOf(savings.remark)}
      />
    </FigureGrid>
  );
}
