import path from 'node:path'

/**
 * The arrows of the house: pages → features → platform → db; `ui` knows `platform/i18n` and addresses, nothing of
 * features; a `model.ts` does no I/O; a feature may read another's rules, queries and steps, never its commands.
 */

/** @typedef {{ layer: string, room: string | undefined, file: string }} Place */

const layers = ['pages', 'features', 'platform', 'ui', 'cli', 'db', 'locales', 'tests']

/** What each layer may import, beside itself. */
const allowed = {
  pages: ['features', 'platform', 'ui'],
  features: ['platform', 'db', 'ui', 'locales'],
  ui: ['platform', 'locales'],
  platform: ['db', 'locales'],
  cli: ['features', 'platform', 'db', 'locales', 'server'],
  server: ['features', 'platform', 'db', 'cli'],
  db: [],
  locales: [],
  tests: ['pages', 'features', 'platform', 'ui', 'cli', 'db', 'locales', 'server'],
}

/** Parts of `platform` that `ui` may use. */
const forUi = /^(?:i18n\/|charts\/|paths\.ts|partial-date\.ts|errors\.ts)/

/** Modules by which a `model.ts` would reach the world: files, sockets, clocks and the database. */
const world =
  /^(?:node:(?!util|crypto)|postgres$|drizzle-orm|#db\/(?!schema)|#platform\/(?:postgres|http|audit\/(?!canonical)|sessions|log|config|context|clock|changes))/

/**
 * @param {string} file absolute path
 * @param {string} root
 * @returns {Place | undefined}
 */
function placeOf(file, root) {
  const [first = '', second = '', ...rest] = path.relative(root, file).split(path.sep)
  if (first !== 'src')
    return layers.includes(first) ? { layer: first, room: undefined, file: [second, ...rest].join('/') } : undefined
  if (rest.length === 0) return { layer: second === 'server.ts' ? 'server' : 'src', room: undefined, file: second }
  return { layer: second, room: second === 'features' ? rest[0] : undefined, file: rest.join('/') }
}

/** @param {string} source @param {string} from @param {string} root */
function targetOf(source, from, root) {
  const alias = /^#(platform|features|ui|cli|db|locales|tests|src)\/(.*)$/.exec(source)
  if (alias !== null) {
    const [, name, rest] = alias
    const folder = ['db', 'locales', 'tests'].includes(name) ? name : name === 'src' ? 'src' : `src/${name}`
    return path.join(root, folder, rest)
  }
  return source.startsWith('.') ? path.resolve(path.dirname(from), source) : undefined
}

/** @type {import('eslint').Rule.RuleModule} */
export const boundaries = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      arrow: '{{from}} may not import {{to}}: arrows point down (pages → features → platform → db)',
      ui: 'ui may use platform/i18n, paths and errors only',
      commands: "a feature never imports another feature's commands: use its queries, rules or steps",
      model: 'model.ts holds rules only: no I/O, no clock, no database',
      relative: 'imports across rooms use # aliases',
    },
  },
  create(context) {
    const root = context.cwd
    const from = placeOf(context.filename, root)
    /** @param {any} node */
    function check(node) {
      const source = node.source?.value
      if (typeof source !== 'string' || from === undefined) return
      if (
        from.layer === 'features' &&
        path.basename(context.filename) === 'model.ts' &&
        world.test(source) &&
        node.importKind !== 'type'
      ) {
        context.report({ node, messageId: 'model' })
      }
      const target = targetOf(source, context.filename, root)
      const to = target === undefined ? undefined : placeOf(target, root)
      if (to === undefined) return
      if (source.startsWith('../') && from.layer !== 'tests' && from.layer !== 'db' && from.layer !== to.layer) {
        context.report({ node, messageId: 'relative' })
      }
      const isTypeOnly = node.importKind === 'type' || node.exportKind === 'type'
      if (to.layer !== from.layer && from.layer in allowed && !isTypeOnly) {
        const may = allowed[/** @type {keyof typeof allowed} */ (from.layer)]
        if (!may.some((layer) => layer === to.layer))
          context.report({ node, messageId: 'arrow', data: { from: from.layer, to: to.layer } })
      }
      if (from.layer === 'ui' && to.layer === 'platform' && !isTypeOnly && !forUi.test(to.file)) {
        context.report({ node, messageId: 'ui' })
      }
      if (
        from.layer === 'features' &&
        to.layer === 'features' &&
        from.room !== to.room &&
        /commands\.ts$/.test(to.file)
      ) {
        context.report({ node, messageId: 'commands' })
      }
    }
    return { ImportDeclaration: check, ExportNamedDeclaration: check, ExportAllDeclaration: check }
  },
}
