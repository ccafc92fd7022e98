/** Neighbouring days about which the same is to be said. */
export interface NotedDays {
  first: string;
  last: string;
  note: string;
}

/** What there is to say about days; neighbours of which the same is said have one note. */
export function groupNotes<Day extends { day: string }>(
  days: readonly Day[],
  noteOf: (day: Day) => string | undefined,
): NotedDays[] {
  const groups: NotedDays[] = [];
  let open: NotedDays | undefined;
  for (const day of days) {
    const note = noteOf(day);
    if (open && open.note === note) {
      open.last = day.day;
    } else {
      open = note ? { first: day.day, last: day.day, note } : undefined;
      if (open) {
        groups.push(open);
      }
    }
  }
  return groups;
}
