// Which proxies in front are believed when they say for whom they ask. The caller is the last address that is none of
// them: what a proxy appends is believed, and what was there before it may be anybody's.
import { isIP } from 'node:net'

const MOST_HOPS = 20

/** How many proxies stand in front, or their addresses and networks. */
export type Proxies = number | readonly string[]

/** The proxies that a setting names; undefined where it names none properly. */
export function proxiesIn(text: string): Proxies | undefined {
  if (/^[0-9]{1,2}$/.test(text)) return hopsIn(text)
  const networks = text.split(',').map((network) => network.trim())
  return networks.every(isNetwork) ? networks : undefined
}

function hopsIn(text: string): number | undefined {
  const hops = Number(text)
  return hops <= MOST_HOPS ? hops : undefined
}

// A network of all addresses would believe everybody, which is what a prefix of 0 says.
function isNetwork(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/')
  const most = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0
  if (most === 0 || rest.length > 0) return false
  if (prefix === undefined) return true
  return /^[1-9][0-9]{0,2}$/.test(prefix) && Number(prefix) <= most
}

/**
 * As Fastify's `trustProxy`. A number is believed of whoever connects, so nothing but the proxy may reach the port; its
 * own form of a number believes nobody.
 */
export function trusted(proxies: Proxies): false | string[] | ((address: string, hop: number) => boolean) {
  if (typeof proxies !== 'number') return [...proxies]
  return proxies === 0 ? false : (_address, hop) => hop < proxies
}
