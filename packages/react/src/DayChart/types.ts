/** How a part is filled, so that it is told apart without colour too. @public */
export type PartFill = 'solid' | 'stripes' | 'dots' | 'shade' | 'outline';

/** A part of a day that is drawn on its own. @public */
export interface ChartPart {
  /** Short and stable; key of {@link ChartDay.heights}. */
  id: string;
  label: string;
  color: string;
  /** `solid` when absent. */
  fill?: PartFill;
}

/** A day as a chart draws it. Heights are for drawing only: words and tables use exact amounts. @public */
export interface ChartDay {
  /** `YYYY-MM-DD` */
  day: string;
  /** Nothing is known of the day: nothing is drawn, not even a zero. */
  gap: boolean;
  /** Not over yet, or hours are missing: solid parts are drawn hatched. */
  partial: boolean;
  /** By part; one that is absent is not drawn. */
  heights: Partial<Record<string, number>>;
}
