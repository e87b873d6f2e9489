// One declaration of a shape: its name in the OpenAPI document, its schema and its type are one thing.
import t from 'tap'
import * as allocation from '../../src/contract/allocation/allocation.ts'
import * as assessment from '../../src/contract/allocation/assessment.ts'
import type { WorkingLine } from '../../src/contract/allocation/working.ts'
import * as working from '../../src/contract/allocation/working.ts'
import type { FeedItem } from '../../src/contract/feed.ts'
import * as feed from '../../src/contract/feed.ts'
import { sharedSchemas } from '../../src/http/core/openapi/shared-schemas.ts'

/** True where each of the two can stand for the other. */
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false

// Where one of these is false, this file does not compile.
const NARROWS: {
  readonly curve: Same<Extract<WorkingLine, { step: 'curve' }>, working.WorkingCurve>
  readonly from: Same<Extract<WorkingLine, { step: 'curve' }>['from'], working.WorkingCurve['from']>
  readonly steps: Same<WorkingLine['step'] & ('curve' | 'cap' | 'unknown'), 'curve' | 'cap'>
  readonly cap: Same<keyof Extract<WorkingLine, { step: 'cap' }>, 'step' | 'amountAnnual' | 'exceeded'>
  readonly content: Same<Extract<FeedItem, { kind: 'cohort-sealed' }>['content'], feed.CohortContent | null>
  readonly recorded: Same<
    keyof NonNullable<Extract<FeedItem, { kind: 'assessment-allocated' }>['content']>,
    'allocation' | 'assessment'
  >
} = { curve: true, from: true, steps: true, cap: true, content: true, recorded: true }

t.test('a type narrows by its tag', async (t) => {
  t.ok(Object.values(NARROWS).every(Boolean))
  const loose: Same<WorkingLine, working.WorkingCurve> = false
  t.notOk(loose, 'and a line of any step is no line of one')
  // @ts-expect-error: the cap of a working has no cumulative amount
  type _None = Extract<WorkingLine, { step: 'cap' }>['cumulative']
})

t.test('a shape is exported under the name that the OpenAPI document has for it', async (t) => {
  for (const module of [allocation, assessment, working, feed]) {
    const named = Object.entries(module).flatMap(([name, shape]) =>
      typeof shape === 'object' && '$id' in shape ? [[name, shape.$id]] : [],
    )
    t.ok(named.length > 0)
    for (const [name, $id] of named) t.equal($id, name)
  }
})

t.test('a shape with a name stands inside no other: it is referred to', async (t) => {
  const inside: string[] = []
  const walk = (node: unknown, place: string): void => {
    if (typeof node !== 'object' || node === null) return
    if (place.includes('/') && '$id' in node) inside.push(place)
    for (const [name, child] of Object.entries(node)) walk(child, `${place}/${name}`)
  }
  for (const shape of sharedSchemas) walk(shape, shape.$id)
  t.strictSame(inside, [])
  const names = sharedSchemas.map(({ $id }) => $id)
  t.equal(new Set(names).size, names.length, 'and no two have the same')
})

// A condition is what a council writes by hand, in every questionnaire: which key it has is all that it says, and a tag would
// say it again.
const SAID_BY_ITS_KEY = ['ReferralRule/properties/all/items']

t.test('every union of objects says by its tag which of them is meant', async (t) => {
  const untagged: string[] = []
  const isObject = (schema: unknown) => {
    const { type, $ref = '' } = schema as { type?: string; $ref?: string }
    return type === 'object' || ($ref !== '' && referred($ref).type === 'object')
  }
  const referred = ($ref: string) =>
    (sharedSchemas.find(({ $id }) => $ref === `${$id}#`) ?? {}) as { type?: string }
  const walk = (node: unknown, place: string): void => {
    if (typeof node !== 'object' || node === null) return
    const { anyOf, oneOf, discriminator } = node as Record<string, unknown>
    const forms = anyOf ?? oneOf
    if (Array.isArray(forms) && forms.filter(isObject).length > 1 && discriminator === undefined)
      untagged.push(place)
    for (const [name, child] of Object.entries(node)) walk(child, `${place}/${name}`)
  }

  for (const shape of sharedSchemas) walk(shape, shape.$id)
  t.strictSame(untagged, SAID_BY_ITS_KEY)
})
