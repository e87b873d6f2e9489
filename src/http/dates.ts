// Days and instants as texts: today in England, and what is an instant as this service writes it.

/** Today in England: the day on which a table is published, and after which no assessment can be dated. */
export function today(now: number = Date.now()): string {
  // The day can only change with the minute, and this is asked for each intake.
  const minute = Math.floor(now / 60_000)
  if (minute !== known.minute) known = { minute, day: dayOf(now) }
  return known.day
}

let known = { minute: Number.NaN, day: '' }

// What a locale prints is nobody's promise, so the parts are put together here.
const LONDON = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  calendar: 'iso8601',
  numberingSystem: 'latn',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
})

function dayOf(now: number): string {
  const parts = new Map(LONDON.formatToParts(now).map(({ type, value }) => [type, value]))
  return `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`
}

/** An instant of this century as `toISOString` writes it, and one that exists; a form to hold cursors against. */
export const OWN_INSTANT = {
  test(text: string): boolean {
    const instant = new Date(text)
    // Years of more digits are instants too, and beyond what the database can hold.
    return /^20\d\d-/.test(text) && !Number.isNaN(instant.getTime()) && instant.toISOString() === text
  },
}
