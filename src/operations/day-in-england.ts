// The day that it is in England at an instant: what publication, assessments and explanations mean by a date.

/** `YYYY-MM-DD`, by the clocks of England and not of the server. */
export function dayInEngland(at: Date): string {
  return LONDON.format(at)
}

// The Canadian form of a date is the ISO one.
const LONDON = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' })
