// Instants as texts: what is an instant as this service writes it.

/** An instant of this century as `toISOString` writes it, and one that exists; a form to hold cursors against. */
export const OWN_INSTANT = {
  test(text: string): boolean {
    const instant = new Date(text)
    // Years of more digits are instants too, and beyond what the database can hold.
    return /^20\d\d-/.test(text) && !Number.isNaN(instant.getTime()) && instant.toISOString() === text
  },
}
