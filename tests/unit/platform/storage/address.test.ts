import { expect, test } from 'vitest'
import { parseBucketUrl } from '#platform/storage/address.ts'

test.each([
  [
    's3://papers?endpoint=https://storage.example.org&region=eu-1',
    { bucket: 'papers', endpoint: 'https://storage.example.org', region: 'eu-1' },
  ],
  [
    's3://papers?endpoint=http://127.0.0.1:9000',
    { bucket: 'papers', endpoint: 'http://127.0.0.1:9000', region: 'us-east-1' },
  ],
  [
    's3://papers.of.the.hub/?region=ap-southeast-1',
    { bucket: 'papers.of.the.hub', endpoint: undefined, region: 'ap-southeast-1' },
  ],
])('%s names a bucket', (text, address) => {
  expect(parseBucketUrl(text)).toEqual(address)
})

test.each([
  'papers',
  'https://papers.example.org',
  's3://',
  's3://papers',
  's3://papers/folder?region=eu-1',
  's3://key:secret@papers?region=eu-1',
  's3://papers?region=eu-1&password=1',
  's3://papers?region=EU%20one',
  's3://papers?endpoint=storage.example.org',
  's3://papers?endpoint=https://storage.example.org/path',
])('%s does not', (text) => {
  expect(parseBucketUrl(text)).toBeUndefined()
})
