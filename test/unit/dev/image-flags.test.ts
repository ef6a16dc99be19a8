import { expect, it } from 'vitest'
import { imageFlags } from '../../../src/dev/image-flags.ts'

it("reads Node's flags from the Dockerfile", () => {
  const flags = imageFlags()
  expect(flags).toEqual(
    expect.arrayContaining(['--permission', '--allow-fs-read=*', '--allow-net']),
  )
  expect(flags.filter((flag) => !flag.startsWith('--'))).toEqual([])
})
