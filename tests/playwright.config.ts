import { createServer } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from '@playwright/test'
import { systemChromium } from '#cli/bootstrap/chromium.mjs'

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  if (typeof address !== 'object' || !address) throw new Error('no free port on 127.0.0.1')
  return address.port
}

// Workers read this file again, and are to find the port that was chosen first.
process.env['E2E_PORT'] ??= String(await freePort())
const port = process.env['E2E_PORT']
// Where the site says which data it runs on, for tests that use its command line.
process.env['E2E_DATA_FILE'] ??= join(tmpdir(), `yunqiao-e2e-${port}`)
const baseURL = `http://127.0.0.1:${port}`
const chromium = systemChromium()

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.test.ts',
  outputDir: '../test-results/e2e',
  fullyParallel: true,
  // Two: while one reads the other clicks, and more would only wait for the site that they share.
  workers: 2,
  forbidOnly: true,
  retries: 0,
  timeout: 60_000,
  reporter: 'line',
  use: {
    baseURL,
    browserName: 'chromium',
    screenshot: 'only-on-failure',
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: true, sources: false },
    launchOptions: {
      ...(chromium ? { executablePath: chromium } : {}),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  webServer: {
    // Without a shell in between, the site notices when this process is gone.
    command: `${process.platform === 'win32' ? '' : 'exec '}"${process.execPath}" tests/support/site.ts`,
    cwd: '..',
    url: `${baseURL}/readyz`,
    // Reports of more than three agreements are put in line, so that tests see how.
    env: { PORT: port, REPORT_AT_ONCE: '3', E2E_DATA_FILE: process.env['E2E_DATA_FILE'] },
    timeout: 120_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 20_000 },
    stdout: 'pipe',
    stderr: 'pipe',
  },
})
