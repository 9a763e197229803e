import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { systemChromium } from './chromium.mjs'
import { projectNode } from './paths.mjs'
import { run } from './processes.mjs'
import { BootstrapError, say, step } from './say.mjs'

/** Programs that tests compare our PDFs with, and the Debian packages that bring them. */
const tools = { pdftotext: 'poppler-utils', qpdf: 'qpdf', 'hb-shape': 'libharfbuzz-bin' }
const fonts = ['fonts-noto-core', 'fonts-noto-cjk']

/** Installs what the tests need beside the packages of npm: a browser, fonts and tools for PDF. */
export async function ensureTestTools() {
  const missingTools = Object.keys(tools).filter((name) => !isOnPath(name))
  const browser = systemChromium()
  if (browser && missingTools.length === 0) return
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    await installFromDebian([...(browser ? [] : ['chromium', ...fonts]), ...Object.values(tools)])
    return
  }
  if (missingTools.length > 0) {
    const packages = missingTools.map((name) => Reflect.get(tools, name)).join(' ')
    say(
      `Missing: ${missingTools.join(', ')}. Tests that need them fail; install them (on Debian: apt install ${packages}).`,
    )
  }
  if (!browser) await installPlaywrightsOwn()
}

/** @param {string} name */
function isOnPath(name) {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)))
}

/** @param {readonly string[]} packages */
async function installFromDebian(packages) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  await step(`Installing ${packages.join(', ')}`, async () => {
    await run('apt-get', ['update'], { env })
    const { code, output } = await run('apt-get', ['install', '-y', '--no-install-recommends', ...packages], { env })
    if (code === 0) return
    throw new BootstrapError(
      `${output.trim()}\n\nThe tests need ${packages.join(', ')}, which apt-get could not install. Check the ` +
        'network and the package sources, then try again.',
    )
  })
}

async function installPlaywrightsOwn() {
  await step("Installing Playwright's Chromium", async () => {
    const { code, output } = await run(projectNode, ['node_modules/@playwright/test/cli.js', 'install', 'chromium'])
    if (code === 0) return
    throw new BootstrapError(
      `${output.trim()}\n\nThere is no browser for the tests. Install Chromium (on Debian: apt install chromium), then ` +
        'try again.',
    )
  })
}
