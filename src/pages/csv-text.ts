// Text in a file that people open in a spreadsheet.

/** Spreadsheets run what begins like a formula; an apostrophe makes it text. */
export function plainText(text: string | null): string {
  return text !== null && /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : (text ?? '')
}
