// A page's own style in a Content-Security-Policy: named by its hash, so that this style is allowed and no other.
import { createHash } from 'node:crypto'

/** For `style-src`: `'sha256-…'` over the exact text between the style tags. */
export function styleSource(style: string): string {
  return `'sha256-${createHash('sha256').update(style).digest('base64')}'`
}
