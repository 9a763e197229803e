/** An S3-compatible bucket, and who asks for it. */
export interface BucketAddress {
  readonly bucket: string
  /** `undefined`: Amazon's own for the region. */
  readonly endpoint: string | undefined
  readonly region: string
  readonly accessKey: string
  readonly secretKey: string
}

const known = ['endpoint', 'region']

/**
 * Reads `s3://bucket?endpoint=https://storage.example.org&region=ap-southeast-1`; undefined when it is no such address.
 * The region may be left out where an endpoint is given.
 */
export function parseBucketUrl(text: string): Omit<BucketAddress, 'accessKey' | 'secretKey'> | undefined {
  if (!URL.canParse(text)) return undefined
  const { protocol, host, pathname, searchParams, hash, username } = new URL(text)
  if (protocol !== 's3:' || username !== '' || hash !== '' || !['', '/'].includes(pathname)) return undefined
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(host)) return undefined
  if ([...searchParams.keys()].some((name) => !known.includes(name))) return undefined
  const endpoint = searchParams.get('endpoint') ?? undefined
  const region = searchParams.get('region') ?? (endpoint === undefined ? undefined : 'us-east-1')
  if (region === undefined || !/^[a-z0-9-]+$/.test(region)) return undefined
  if (endpoint !== undefined && !/^https?:\/\/[^/?#@]+\/?$/.test(endpoint)) return undefined
  return { bucket: host, endpoint, region }
}
