/** One line of an explanation: what is computed, and with which numbers. @public */
export interface FigureStep {
  label: string;
  formula: string;
}
