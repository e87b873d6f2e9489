// Tiles of the tree, as C2SP's tlog-tiles names them: 256 stored nodes of a level next to each other, or fewer at the
// right edge of a tree.
import { wholeNumber } from '../number/whole-number.ts'
import { NODES_APART } from './frontier.ts'

/** `width` nodes of `level`, beginning with node `tile` × 256. */
export type Tile = { readonly level: number; readonly tile: number; readonly width: number }

const PATH = /^(0|[1-9][0-9]?)\/((?:x[0-9]{3}\/){0,4}[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/
const HIGHEST_LEVEL = 63

/** `0/x001/x234/067` is tile 1,234,067 of the leaves, `1/000.p/17` the first 17 nodes of level 1. */
export function tilePath({ level, tile, width }: Tile): string {
  const digits = String(tile)
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0')
  const path = padded.replaceAll(/.{3}(?=.)/g, 'x$&/')
  return `${level}/${path}${width === NODES_APART ? '' : `.p/${width}`}`
}

/** The tile of a path, or null where it is the path of none. Each tile has one path. */
export function tileOf(path: string): Tile | null {
  const [, levelText, tileText = '', widthText] = PATH.exec(path) ?? []
  if (levelText === undefined) return null
  const level = wholeNumber(BigInt(levelText))
  const tile = wholeNumber(BigInt(tileText.replaceAll(/[x/]/g, '')))
  const width = widthText === undefined ? NODES_APART : wholeNumber(BigInt(widthText))
  if (level > HIGHEST_LEVEL || !Number.isSafeInteger(tile * NODES_APART)) return null
  if (widthText !== undefined && width >= NODES_APART) return null
  const found = { level, tile, width }
  return tilePath(found) === path ? found : null
}

/** How many nodes of the tile a tree of this size has, at most 256. */
export function widthIn(size: number, { level, tile }: Pick<Tile, 'level' | 'tile'>): number {
  let nodes = size
  for (let below = 0; below < level && nodes > 0; below += 1) nodes = Math.floor(nodes / NODES_APART)
  return Math.min(Math.max(nodes - tile * NODES_APART, 0), NODES_APART)
}
