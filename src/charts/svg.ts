// A chart as SVG text, drawn on the server without a browser, the same bytes every time.
import { parse, View } from 'vega'
import { compile } from 'vega-lite'
import type { Chart } from './chart.ts'
import { escaped } from './escaped.ts'
import { reckonTextWidths } from './text-width.ts'

reckonTextWidths()

/** The chart's SVG, with its title and description for screen readers. */
export async function svgOf({ key, title, description, spec }: Chart): Promise<string> {
  const view = new View(parse(compile(spec).spec), { renderer: 'none' })
  try {
    return printable(labelled(ownIds(unspoken(await view.toSVG()), key), key, title, description))
  } finally {
    view.finalize()
  }
}

// The library numbers its clipping paths through all charts that it draws: on one page they would clash, and the
// same chart would differ from one drawing to the next.
function ownIds(svg: string, key: string): string {
  const ids = [...new Set([...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id))]
  return ids.reduce<string>(
    (text, id, i) =>
      text
        .replaceAll(` id="${id}"`, ` id="${key}-${i + 1}"`)
        .replaceAll(`url(#${id})`, `url(#${key}-${i + 1})`),
    svg,
  )
}

// To a screen reader a chart is one picture with a title and a description: the library's own names for its parts would
// be pictures without any.
function unspoken(svg: string): string {
  return svg.replace(/ (?:role|aria-roledescription)="[^"]*"/g, '')
}

function labelled(svg: string, key: string, title: string, description: string): string {
  const ids = `${key}-title ${key}-description`
  const words = `<title id="${key}-title">${escaped(title)}</title><desc id="${key}-description">${escaped(description)}</desc>`
  return svg.replace(
    /^<svg([^>]*)>/,
    (_, attributes) => `<svg role="img" aria-labelledby="${ids}"${attributes}>${words}`,
  )
}

/** XML has no place for control characters, not even escaped. */
function printable(svg: string): string {
  return svg.replace(/[^\P{Cc}\t\n\r]/gu, '')
}
