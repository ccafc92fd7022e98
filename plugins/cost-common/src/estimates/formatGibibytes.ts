import { BYTES_PER_GIB } from './PricedDemand';

/** As a form writes memory, to a tenth: `22.5Gi`. */
export function formatGibibytes(bytes: number): string {
  return `${Math.round((bytes / BYTES_PER_GIB) * 10) / 10}Gi`;
}
