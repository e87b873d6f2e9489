// The day that it is in England at an instant: what publication, assessments and explanations mean by a date.

/** Today in England: the day on which a table is published, and after which no assessment can be dated. */
export function today(now: number = Date.now()): string {
  // The day can only change with the minute, and this is asked for each intake.
  const minute = Math.floor(now / 60_000)
  if (minute !== known.minute) known = { minute, day: dayInEngland(new Date(now)) }
  return known.day
}

let known = { minute: Number.NaN, day: '' }

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
