// A text of very many lines as bytes, made a page of lines at a time: neither the lines nor the text are ever held whole
// as strings, and the bytes lie outside of the heap and can be handed from thread to thread.
const PAGE = 1_000

/** The lines in UTF-8, with a line feed between each and the next. */
export function linesAsBytes(first: string, rest: Iterable<string>): Uint8Array<ArrayBuffer> {
  const pages: Uint8Array[] = [Buffer.from(first)]
  let page: string[] = []
  for (const line of rest) {
    page.push(line)
    if (page.length < PAGE) continue
    pages.push(paged(page))
    page = []
  }
  pages.push(paged(page))
  return joined(pages)
}

function paged(lines: readonly string[]): Uint8Array {
  return Buffer.from(lines.map((line) => `\n${line}`).join(''))
}

function joined(pages: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pages.reduce((length, page) => length + page.length, 0))
  let place = 0
  for (const page of pages) {
    whole.set(page, place)
    place += page.length
  }
  return whole
}
