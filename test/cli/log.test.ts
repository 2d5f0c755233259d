import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCliHome, type CliHome } from '#test/descry.ts'
import { answer, startModelServer, type ModelServer } from '#test/model-server.ts'
import { drawingPicture } from '#test/pictures.ts'
import { until } from '#test/process.ts'

const secret = 'zebraquagga'
let home: CliHome
let server: ModelServer
let picture: string
beforeAll(async () => {
  ;[home, server] = await Promise.all([createCliHome(), startModelServer()])
  picture = join(home.dir, `${secret}.png`)
  await writeFile(picture, await drawingPicture())
})
afterAll(async () => {
  await server.close()
  await home.remove()
})

async function describePicture(): Promise<void> {
  server.script([answer(`A sign with a ${secret} on it.`)])
  const { code, stdout } = await home.descry(
    ['describe', picture, '--fresh', '--ask', `What does ${secret} mean?`, '--base-url', server.baseUrl],
    { env: { OPENAI_API_KEY: `sk-${secret}` } }
  )
  expect(stdout).toContain(`A sign with a ${secret} on it.`)
  expect(code).toBe(0)
}

test('the log is off until it is turned on, and stays when it is turned off again', async () => {
  const path = join(home.dir, 'descry.log')
  expect(await home.descry(['log', 'show'])).toEqual({ code: 0, stdout: `The log is off: ${path}\n`, stderr: '' })
  await describePicture()
  expect((await home.descry(['log', 'show'])).stdout).toBe(`The log is off: ${path}\n`)

  expect(await home.descry(['log', 'on'])).toEqual({ code: 0, stdout: `The log is now on: ${path}\n`, stderr: '' })
  await describePicture()
  const { stdout: shown } = await home.descry(['log', 'show'])
  const [state, line, ...more] = shown.trimEnd().split('\n')
  expect(state).toBe(`The log is on: ${path}`)
  expect(more).toEqual([])
  expect(JSON.parse(line ?? '')).toMatchObject({
    event: 'request',
    outcome: 'described',
    provider: 'custom',
    model: 'gpt-4o-mini',
    isQuestion: true
  })
  expect(line).not.toContain(secret)

  expect((await home.descry(['log', 'off'])).stdout).toBe(
    `The log is now off. What it already contains stays in ${path}.\n`
  )
  await describePicture()
  expect((await home.descry(['log', 'show'])).stdout).toBe(`The log is off: ${path}\n${line}\n`)
}, 120_000)

test('diagnostics are printed without a running Descry, with the newest requests of the log', async () => {
  const { code, stdout, stderr } = await home.descry(['diagnostics'])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toMatch(/^Descry diagnostic information\nprogram: command-line\n/u)
  expect(stdout).toContain('"event":"request","outcome":"described"')
  expect(stdout).not.toContain(secret)
  expect(stdout).not.toContain(home.dir)
})

test('diagnostics come from the running Descry when there is one', async () => {
  const watching = home.start(['watch', '--offline'])
  try {
    const diagnostics = async (): Promise<string> => (await home.descry(['diagnostics'])).stdout
    await until(async () => (await diagnostics()).includes('program: terminal\n'), { what: 'the running Descry' })
    const stdout = await diagnostics()
    expect(stdout).toContain('\nwatching:\n')
    expect(stdout).toContain('"command":"diagnostics"')
  } finally {
    await watching.end()
  }
}, 60_000)

test.each([['log'], ['log', 'maybe'], ['log', 'on', 'off'], ['diagnostics', 'now']])(
  '%j is a usage error',
  async (...args) => {
    expect(await home.descry(args)).toMatchObject({ code: 2, stdout: '' })
  }
)

test('the log of a relative DESCRY_HOME is in the folder where the command was started', async () => {
  const { stdout } = await home.descry(['log', 'show'], { cwd: home.dir, env: { DESCRY_HOME: 'elsewhere' } })
  expect(stdout).toBe(`The log is off: ${join(home.dir, 'elsewhere', 'descry.log')}\n`)
})
