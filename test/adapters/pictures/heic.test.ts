// @module-tag libheif
import { execFileSync } from 'node:child_process'
import { chmod, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createCanvasDecoder } from '#adapters/pictures/canvas.ts'
import { convertHeic } from '#adapters/pictures/heic.ts'
import { readPictureHeader } from '#adapters/pictures/picture-header.ts'
import { cornerPicture, truncated } from '#test/pictures.ts'

let folder = ''
let heic: Uint8Array = new Uint8Array()
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'descry-test-'))
  vi.stubEnv('TMPDIR', folder)
  await writeFile(join(folder, 'corner.png'), await cornerPicture('png'))
  execFileSync('heif-enc', ['corner.png', '-o', 'corner.heic'], { cwd: folder, stdio: 'ignore' })
  heic = await readFile(join(folder, 'corner.heic'))
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true })
})

async function leftovers(): Promise<string[]> {
  return (await readdir(folder, { recursive: true })).filter((path) => path.includes('heic-'))
}

describe('HEIC', () => {
  it("is decoded by the system's library, and nothing is left behind", async () => {
    expect(readPictureHeader(heic)).toMatchObject({ mime: 'image/heic' })
    const picture = await createCanvasDecoder().decode(heic)
    expect(picture).toMatchObject({ mime: 'image/heic', width: 48, height: 32 })
    const { data } = picture.pixels({ maxWidthPx: 48, maxHeightPx: 48 })
    const [red = 0, green = 0] = data.subarray((4 * 48 + 4) * 4)
    expect(red).toBeGreaterThan(200)
    expect(green).toBeLessThan(60)
    expect(await leftovers()).toEqual([])
  })

  it('that is cut short is refused', async () => {
    await expect(createCanvasDecoder().decode(truncated(heic, 0.8))).rejects.toMatchObject({ code: 'bad-image' })
  })

  it('says what to install if the system has no library for it', async () => {
    await expect(convertHeic(heic, { path: folder })).rejects.toMatchObject({
      name: 'DescryError',
      code: 'unsupported',
      message: 'HEIC files cannot be read on this computer.',
      next: expect.stringMatching(/install libheif|-S libheif/u) as string
    })
    expect(await leftovers()).toEqual([])
  })

  it('that keeps the program busy is given up; the program gets its own folder and no environment', async () => {
    const tools = await mkdtemp(join(folder, 'tools-'))
    const seen = join(tools, 'seen')
    await writeFile(join(tools, 'heif-dec'), `#!/bin/sh\npwd > ${seen}\nenv >> ${seen}\nexec sleep 30\n`)
    await chmod(join(tools, 'heif-dec'), 0o755)
    await symlink('/bin/sleep', join(tools, 'sleep'))
    await symlink('/usr/bin/env', join(tools, 'env'))
    vi.stubEnv('DESCRY_TEST_SECRET', 'secret')
    await expect(convertHeic(heic, { path: tools, timeoutMs: 500 })).rejects.toMatchObject({ code: 'bad-image' })
    const told = await readFile(seen, 'utf8')
    expect(told).toMatch(/descry-[\w-]+\/heic-/u)
    expect(told).not.toContain('secret')
    expect(told).not.toContain('HOME=')
    expect(await leftovers()).toEqual([])
  })
})
