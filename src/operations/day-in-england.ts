// The day that it is in England at an instant: what publication, assessments and explanations mean by a date.

/** `YYYY-MM-DD`, by the clocks of England and not of the server. */
export function dayInEngland(at: Date): string {
  const parts = new Map(LONDON.formatToParts(at).map(({ type, value }) => [type, value]))
  return `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`
}

// What a locale prints is nobody's promise, so the parts are put together here.
const LONDON = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  calendar: 'iso8601',
  numberingSystem: 'latn',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
})
