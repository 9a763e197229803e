import { expect, test } from 'vitest'
import { ConfigError, readConfig } from '#platform/config.ts'

const bucket = {
  STORAGE_URL: 's3://papers?endpoint=https://storage.example.org',
  STORAGE_ACCESS_KEY: 'a',
  STORAGE_SECRET_KEY: 'b',
}

test('files are kept below DATA_DIR unless a bucket is named', () => {
  expect(readConfig({}).bucket).toBeUndefined()
  expect(readConfig(bucket).bucket).toEqual({
    bucket: 'papers',
    endpoint: 'https://storage.example.org',
    region: 'us-east-1',
    accessKey: 'a',
    secretKey: 'b',
  })
})

test.each([
  [{ ...bucket, STORAGE_URL: 'https://papers.example.org' }, /^STORAGE_URL must be an S3-compatible bucket/],
  [{ ...bucket, STORAGE_ACCESS_KEY: ' ' }, /^STORAGE_ACCESS_KEY must be set together with STORAGE_URL$/],
  [{ STORAGE_URL: bucket.STORAGE_URL }, /^STORAGE_ACCESS_KEY .*\nSTORAGE_SECRET_KEY /],
])('%j cannot be used', (env, message) => {
  expect(() => readConfig(env)).toThrow(ConfigError)
  expect(() => readConfig(env)).toThrow(message)
})
