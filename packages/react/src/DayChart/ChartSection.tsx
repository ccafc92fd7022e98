import { ReactNode } from 'react';
import { Section } from '../Section';
import { TableToggle, useShownAsTable } from './TableToggle';

/** A chart that can be read as a table too; which of them is shown stands in the URL. @public */
export function ChartSection(props: {
  title: string;
  subtitle: string;
  /** What the chart shows, for those who can't see it. */
  summary: string;
  /** Name of the URL's parameter. */
  param: string;
  chart: ReactNode;
  /** Legend and notes. */
  below?: ReactNode;
  table: ReactNode;
  /** Opens where the figures come from. */
  onOrigin?: () => void;
}) {
  const { title, subtitle, summary, param, chart, below, table } = props;
  return (
    <Section
      title={title}
      subtitle={subtitle}
      onOrigin={props.onOrigin}
      action={<TableToggle param={param} />}
    >
      {useShownAsTable(param) ? (
        table
      ) : (
        <>
          <div role="img" aria-label={summary}>
            {chart}
          </div>
          {below}
        </>
      )}
    </Section>
  );
}
