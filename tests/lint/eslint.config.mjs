import astro from 'eslint-plugin-astro'
import tseslint from 'typescript-eslint'
import { boundaries } from './boundaries.mjs'

const house = { plugins: { house: { rules: { boundaries } } }, rules: { 'house/boundaries': 'error' } }

export default tseslint.config(
  { ignores: ['dist/', '.astro/', '.data/', 'node_modules/', 'test-results/', 'src/public/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: `${import.meta.dirname}/../..` } },
    rules: {
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      // Numbers, and words that are known to be numbers, read well in templates.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // `x!` stands where a map was filled from the same keys a line before.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // `return reply()` for an early end reads well, and the types say that nothing comes back.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // It does not see what a callback assigned to a variable around it.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // `return void (await …)` ends a case and says that the outcome does not matter.
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  { files: ['**/*.{ts,mjs,astro}'], ...house },
  ...astro.configs.recommended,
  { files: ['src/cli/bootstrap/**', 'tests/**'], rules: { 'no-console': 'off' } },
)
