import { EfficiencyFigure } from './EfficiencyFigure';
import { FigureGrid } from '@headroom/react';
import { UnusedFigure } from './UnusedFigure';
import { MonthFigure } from './MonthFigure';
import { ProjectionFigure } from './ProjectionFigure';
import { FigureProps, SpendFigure } from './SpendFigure';

/** A figure whose origin can be asked for. */
export type FigureName =
  | 'spend'
  | 'monthToDate'
  | 'projection'
  | 'efficiency'
  | 'unused'
  | 'idle'
  | 'unallocated'
  | 'gpu'
  | 'units';

/** The five figures of a service or a team. */
export function Headline(
  props: Omit<FigureProps, 'onOrigin'> & {
    onOrigin: (figure: FigureName) => void;
  },
) {
  const { onOrigin, ...rest } = props;
  return (
    <FigureGrid>
      <SpendFigure {...rest} onOrigin={() => onOrigin('spend')} />
      <MonthFigure {...rest} onOrigin={() => onOrigin('monthToDate')} />
      <ProjectionFigure {...rest} onOrigin={() => onOrigin('projection')} />
      <EfficiencyFigure {...rest} onOrigin={() => onOrigin('efficiency')} />
      <UnusedFigure {...rest} onOrigin={() => onOrigin('unused')} />
    </FigureGrid>
  );
}
