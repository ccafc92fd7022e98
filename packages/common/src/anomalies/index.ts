export { AnomalyScorer } from './AnomalyScorer';
export type { AnomalyScore, SeriesPoint } from './AnomalyScorer';
export { IncidentTracker } from './IncidentTracker';
export type {
  AnomalyIncident,
  ExpectedSpan,
  IncidentChange,
} from './IncidentTracker';
