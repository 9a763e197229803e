import node from '@astrojs/node'
import { defineConfig } from 'astro/config'
import { buildIntegration } from './src/platform/http/build-integration.ts'
import { devIntegration } from './src/platform/http/dev-integration.ts'

export default defineConfig({
  output: 'server',
  srcDir: 'src',
  publicDir: 'src/public',
  trailingSlash: 'never',
  adapter: node({ mode: 'middleware', experimentalDisableStreaming: true }),
  integrations: [buildIntegration(), devIntegration()],
  // The server in front has its own sessions, and checks the origin of every form against BASE_URL.
  session: false,
  security: { checkOrigin: false },
  // Nothing inline: the content security policy allows none.
  build: { inlineStylesheets: 'never' },
  scopedStyleStrategy: 'class',
  vite: { build: { assetsInlineLimit: 0 } },
  // Of `astro dev` alone; the same variables as the server's, and their defaults.
  server: { host: process.env.HOST ?? '127.0.0.1', port: Number(process.env.PORT ?? 4321) },
  devToolbar: { enabled: false },
})
