/** Longest window that is read at once. */
const HOURS_TO_LOOK = 24;

/** The value of an hour, else of the closest hour that has one, the earlier first. */
export function nearest<T>(values: T[], hour: number): T | undefined {
  for (let distance = 0; distance < HOURS_TO_LOOK; distance++) {
    const value = values[hour - distance] ?? values[hour + distance];
    if (value !== undefined) {
      return value;
    }
  }
  return undefined;
}
