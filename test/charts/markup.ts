// A small check that markup is well formed: every element that opens closes in order, nothing bare is left in text.

const VOID = new Set(['meta', 'br', 'img', 'link', 'input'])

/** What is wrong first, or null. */
export function markupFault(markup: string): string | null {
  const open: string[] = []
  const text = markup.replace(/<!doctype html>/, '').replace(/<style>[^<]*<\/style>/g, '')
  let end = 0
  for (const match of text.matchAll(/<(\/?)([A-Za-z][\w:-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/g)) {
    const between = text.slice(end, match.index)
    if (/[<>]|&(?!(#\d+|#x[\da-f]+|amp|lt|gt|quot|apos|nbsp);)/i.test(between))
      return `bare: ${between.slice(0, 80)}`
    end = match.index + match[0].length
    const [, closing, name = '', , selfClosing] = match
    if (closing) {
      const last = open.pop()
      if (last !== name) return `</${name}> closes <${last}>`
    } else if (!selfClosing && !VOID.has(name)) open.push(name)
  }
  return open.length > 0 ? `<${open.at(-1)}> stays open` : null
}
