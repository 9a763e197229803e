import { createReadStream } from 'node:fs'
import { Disk } from 'flydrive'
import { S3Driver } from 'flydrive/drivers/s3'
import type { BucketAddress } from './address.ts'
import { keyOf, type Place } from './kept.ts'
import type { StagedFile } from './staging.ts'

/** Files in an S3-compatible bucket. Its service shows an object when all of it has come, and not before. */
export function bucketPlace(address: BucketAddress): Place {
  const { bucket, endpoint, region, accessKey, secretKey } = address
  const disk = new Disk(
    new S3Driver({
      bucket,
      region,
      credentials: { accessKeyId: accessKey, secretAccessKey: secretKey },
      visibility: 'private',
      supportsACL: false,
      // Services other than Amazon's have no name of their own for each bucket, nor all of its checksums.
      ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    }),
  )
  return {
    disk,
    async put({ path, sha256, sizeBytes }: StagedFile) {
      const key = keyOf(sha256)
      if (await disk.exists(key)) return
      await disk.putStream(key, createReadStream(path), {
        contentType: 'application/octet-stream',
        contentLength: sizeBytes,
        ChecksumSHA256: Buffer.from(sha256, 'hex').toString('base64'),
      })
    },
  }
}
