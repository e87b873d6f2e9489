// The ways to spoil a valid body: other JSON text in one place, a member more or less, spoilt bytes.
import { isUtf8 } from 'node:buffer'

export type HostileBody = {
  readonly name: string
  readonly bytes: Buffer
  /** Absent: send application/json. Empty: send no content type at all. */
  readonly contentType?: string
}

/** One value of the valid body, and where it stands. */
export type Place = { readonly pointer: string; readonly path: readonly string[]; readonly value: unknown }

/** What a mutation works on. */
export type Subject = {
  readonly body: object
  readonly text: string
  readonly places: readonly Place[]
  readonly optional: ReadonlySet<string>
  readonly random: () => number
}

/** Makes one hostile body; undefined when the valid body has no place for it. */
export type Mutation = (subject: Subject) => HostileBody | undefined

export function placesOf(value: unknown, path: readonly string[] = []): Place[] {
  const pointer = path.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
  const inner = value !== null && typeof value === 'object' ? Object.entries(value) : []
  return [{ pointer, path, value }, ...inner.flatMap(([key, item]) => placesOf(item, [...path, key]))]
}

export const upTo = ({ random }: Subject, limit: number) => Math.floor(random() * limit)
export const pick = <T>(subject: Subject, list: readonly T[]): T | undefined =>
  list[upTo(subject, list.length)]
export const isObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
const parentOf = (root: unknown, path: readonly string[]): unknown =>
  path.slice(0, -1).reduce((now, step) => (now as Record<string, unknown>)[step], root)

/** The body's text with other JSON text, well formed or not, in one place. */
function spliced(subject: Subject, { path }: Place, raw: string): Buffer {
  const key = path.at(-1)
  if (key === undefined) return Buffer.from(raw)
  const copy = structuredClone(subject.body)
  const mark = '@@spliced-here@@'
  Object.assign(parentOf(copy, path) as object, { [key]: mark })
  return Buffer.from(JSON.stringify(copy).replace(`"${mark}"`, () => raw))
}

const legible = (raw: string) => raw.replace(/\p{C}/gu, '·')
const short = (raw: string) =>
  legible(raw.length > 40 ? `${raw.slice(0, 20)}… (${raw.length} characters)` : raw)

/** A mutation that puts one of these JSON texts in a random place of those that fit. */
export function replacing(
  name: string,
  rawsFor: (place: Place, subject: Subject) => readonly string[],
  fits: (place: Place, subject: Subject) => boolean = () => true,
): Mutation {
  return (subject) => {
    const place = pick(
      subject,
      subject.places.filter((place) => fits(place, subject)),
    )
    const raw = place && pick(subject, rawsFor(place, subject))
    if (!place || raw === undefined) return undefined
    return { name: `${name} at ${place.pointer || '/'}: ${short(raw)}`, bytes: spliced(subject, place, raw) }
  }
}

export const inObjects = (
  name: string,
  rawsFor: (object: Record<string, unknown>, subject: Subject) => string[],
) =>
  replacing(
    name,
    ({ value }, subject) => (isObject(value) ? rawsFor(value, subject) : []),
    ({ value }) => isObject(value) && Object.keys(value).length > 0,
  )

/** The object's text with one more member in front. */
export const prefixed = (object: object, member: string) => `{${member},${JSON.stringify(object).slice(1)}`
export const unitsOf = (text: string) =>
  text.replace(/[\s\S]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** The object without, or with another name for, a random member. */
export function edited(name: string, edit: (key: string, subject: Subject) => string | undefined): Mutation {
  return (subject) => {
    const members = subject.places.filter(
      ({ path }) => isObject(parentOf(subject.body, path)) && path.length > 0,
    )
    const required = members.filter(
      ({ pointer }) => name !== 'schema removed' || !subject.optional.has(pointer),
    )
    const place = pick(subject, required)
    const key = place?.path.at(-1)
    if (!place || key === undefined) return undefined
    const parent = subject.places.find(({ path }) => path.join('\0') === place.path.slice(0, -1).join('\0'))
    if (!parent || !isObject(parent.value)) return undefined
    const newKey = edit(key, subject)
    const entries = Object.entries(parent.value).flatMap(([own, value]): [string, unknown][] => {
      if (own !== key) return [[own, value]]
      return newKey === undefined ? [] : [[newKey, value]]
    })
    const bytes = spliced(subject, parent, JSON.stringify(Object.fromEntries(entries)))
    return { name: `${name} ${place.pointer}: ${short(newKey ?? 'left out')}`, bytes }
  }
}

const isJson = (bytes: Buffer) => {
  try {
    JSON.parse(bytes.toString())
    return isUtf8(bytes)
  } catch {
    return false
  }
}

/** A mutation of the bytes; the rare result that is still JSON is dropped. */
export function garbled(name: string, garble: (bytes: Buffer, subject: Subject) => Buffer): Mutation {
  return (subject) => {
    const bytes = garble(Buffer.from(subject.text), subject)
    return isJson(bytes) ? undefined : { name: `json ${name}`, bytes }
  }
}

export const noise = (subject: Subject, length: number, limit: number) =>
  Buffer.from(Array.from({ length }, () => upTo(subject, limit)))

export function flipped(bytes: Buffer, subject: Subject): Buffer {
  for (let flips = 1 + upTo(subject, 8); flips > 0; flips--) {
    const at = upTo(subject, bytes.length)
    bytes[at] = (bytes[at] ?? 0) ^ (1 << upTo(subject, 8))
  }
  return bytes
}

export function inserted(bytes: Buffer, subject: Subject): Buffer {
  const at = upTo(subject, bytes.length)
  const wrong =
    pick(subject, ['ff', 'c3', 'c080', 'eda080', 'f4908080', 'f888808080', '80', 'e282', '00']) ?? ''
  return Buffer.concat([bytes.subarray(0, at), Buffer.from(wrong, 'hex'), bytes.subarray(at)])
}
