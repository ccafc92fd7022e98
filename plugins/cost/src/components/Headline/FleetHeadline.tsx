import { FleetCostReport } from '@headroom/plugin-cost-common';
import { FigureGrid, toMicros } from '@headroom/react';
import { FigureName } from './Headline';
import { MonthFigure } from './MonthFigure';
import { NobodyFigure } from './NobodyFigure';
import { ProjectionFigure } from './ProjectionFigure';
import { SpendFigure } from './SpendFigure';

/**
 * The five figures of the fleet: what it costs, and what of it belongs to nobody.
 * Who may see a part only is told nothing of the latter: there, 0 means not known.
 */
export function FleetHeadline(props: {
  report: FleetCostReport;
  onOrigin: (figure: FigureName) => void;
}) {
  const { report, onOrigin } = props;
  const { headline } = report;
  const total = toMicros(headline.total);
  const rest = { headline, report };
  return (
    <FigureGrid>
      <SpendFigure {...rest} onOrigin={() => onOrigin('spend')} />
      <MonthFigure {...rest} onOrigin={() => onOrigin('monthToDate')} />
      <ProjectionFigure {...rest} onOrigin={() => onOrigin('projection')} />
      {!report.restricted && (
        <NobodyFigure
          kind="idle"
          afterSharing={report.idleMode === 'shared'}
          micros={toMicros(headline.idle)}
          total={total}
          report={report}
          onOrigin={() => onOrigin('idle')}
        />
      )}
      {!report.restricted && (
        <NobodyFigure
          kind="unallocated"
          micros={toMicros(headline.unallocated)}
          total={total}
          report={report}
          onOrigin={() => onOrigin('unallocated')}
        />
      )}
    </FigureGrid>
  );
}
