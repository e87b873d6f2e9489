// A real Chromium for tests of pages: the one that CHROMIUM names, else the system's. Tests say plainly where there is
// none; where CI is set that is a failure, since then nobody would look.
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import axe, { type AxeResults } from 'axe-core'
import { type Browser, chromium, type Page } from 'playwright-core'
import type { Test } from 'tap'

const { CHROMIUM, CI, PATH = '' } = process.env

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const OTHERS = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome']

/** A browser that ends with the test; null, with the reason said, where there is none. */
export async function openBrowser(t: Test): Promise<Browser | null> {
  const executablePath = CHROMIUM ?? installed()
  if (executablePath === undefined) {
    const missing = 'There is no Chromium. Install it, or name it in CHROMIUM.'
    if (CI === undefined) t.pass(missing, { skip: missing })
    else t.fail(missing)
    return null
  }
  const browser = await chromium.launch({ executablePath })
  t.teardown(() => browser.close())
  return browser
}

function installed(): string | undefined {
  const inPath = PATH.split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)))
  return [...inPath, ...OTHERS].find((path) => {
    try {
      accessSync(path, constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

/** What axe-core finds in a page, each as its rule and the places: none where all is well. */
export async function axeFaults(page: Page): Promise<readonly string[]> {
  // What is set as a page's content leaves its programs in place, and axe takes seconds to be read. It is also the value
  // of its source, which would be sent back whole.
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(`${axe.source}; undefined`)
  const { violations } = (await page.evaluate(
    'axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => ({ violations }))',
  )) as Pick<AxeResults, 'violations'>
  return violations.map(
    ({ id, impact, nodes }) => `${id} (${impact}): ${nodes.map(({ target }) => target.join(' ')).join('; ')}`,
  )
}
