// Days and instants as texts: today in England, and what is an instant as this service writes it.
import { dayInEngland } from '../../../operations/day-in-england.ts'

/** Today in England: the day on which a table is published, and after which no assessment can be dated. */
export function today(now: number = Date.now()): string {
  // The day can only change with the minute, and this is asked for each intake.
  const minute = Math.floor(now / 60_000)
  if (minute !== known.minute) known = { minute, day: dayInEngland(new Date(now)) }
  return known.day
}

let known = { minute: Number.NaN, day: '' }

/** An instant of this century as `toISOString` writes it, and one that exists; a form to hold cursors against. */
export const OWN_INSTANT = {
  test(text: string): boolean {
    const instant = new Date(text)
    // Years of more digits are instants too, and beyond what the database can hold.
    return /^20\d\d-/.test(text) && !Number.isNaN(instant.getTime()) && instant.toISOString() === text
  },
}
