import { copyFile, mkdir, readFile, rename, symlink, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createCanvas } from '@napi-rs/canvas'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createCliHome, type CliHome } from '#test/descry.ts'
import { font } from '#test/fonts.ts'
import { startLimitedServer, type LimitedServer } from '#test/limited-server.ts'
import { answer, createGate, httpError, httpErrors, startModelServer, type ModelServer } from '#test/model-server.ts'
import { until, type Running } from '#test/process.ts'

let home: CliHome
let folder: string

/** A small picture that differs from every other. */
async function paint(path: string, words: string): Promise<void> {
  const canvas = createCanvas(160, 100)
  const context = canvas.getContext('2d')
  context.fillStyle = '#ffeecc'
  context.fillRect(0, 0, 160, 100)
  context.fillStyle = '#222222'
  context.font = font(20)
  context.fillText(words, 10, 55)
  await writeFile(path, await canvas.encode('jpeg', 80))
}

async function paintSome(count: number): Promise<void> {
  await mkdir(join(folder, 'inner'), { recursive: true })
  for (let index = 0; index < count; index += 1)
    await paint(join(folder, `picture-${100 + index}.jpg`), `Number ${index}`)
  await writeFile(join(folder, 'notes.txt'), 'Not a picture.')
}

beforeAll(async () => {
  home = await createCliHome()
})
afterAll(() => home.remove())

const journalOf = (out: string): string => out.replace(/\.\w+$/u, '.journal')

function stderrOf({ child }: Running): () => string {
  let text = ''
  child.stderr?.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')))
  return () => text
}

let run = 0
beforeEach(() => {
  run += 1
  folder = join(home.dir, `pictures-${run}`)
})

const list = async (
  path: string
): Promise<{ source: string; caption?: string; cached?: boolean; costUsd?: number; error?: { code: string } }[]> =>
  JSON.parse(await readFile(path, 'utf8'))

describe('descry batch', () => {
  let server: ModelServer
  beforeEach(async () => {
    server = await startModelServer()
  })
  afterEach(() => server.close())
  const batch = (...args: string[]) =>
    home.descry(['batch', folder, '--yes', ...args], { env: { OPENAI_BASE_URL: server.baseUrl } })

  it('lists the pictures of a folder in their order, and only those', async () => {
    await paintSome(3)
    await paint(join(folder, 'inner', 'deep.png'), 'Deep')
    const out = join(home.dir, `${run}.json`)
    expect(await batch('--out', out)).toMatchObject({ code: 0, stdout: '' })
    expect((await list(out)).map(({ source }) => source)).toEqual([
      'picture-100.jpg',
      'picture-101.jpg',
      'picture-102.jpg'
    ])
    // A second run with more to do pays for what is new alone.
    expect((await batch('--out', out, '--recursive')).code).toBe(0)
    expect((await list(out)).map(({ source }) => source)).toEqual([
      'inner/deep.png',
      'picture-100.jpg',
      'picture-101.jpg',
      'picture-102.jpg'
    ])
    expect(server.requests).toHaveLength(4)
  })

  it('pays once for an answer that ends without a finish_reason, as gateways send it', async () => {
    await paintSome(1)
    const words = 'data: {"choices":[{"delta":{"content":"A sheet with a number."}}]}\n\n'
    server.script(() => ({ type: 'raw', body: `${words}data: [DONE]\n\n` }))
    const out = join(home.dir, `${run}.json`)
    for (let time = 1; time <= 2; time += 1) expect((await batch('--out', out)).code).toBe(0)
    expect(await list(out)).toMatchObject([{ caption: 'A sheet with a number.' }])
    expect(server.requests).toHaveLength(1)
  })

  it('lists a failure with its sentence, and tries it again in the next run', async () => {
    await paintSome(2)
    await writeFile(join(folder, 'broken.jpg'), new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 4]))
    const refused = new Set<string>()
    server.script(() => {
      if (refused.size === 0) {
        refused.add('one')
        return httpError(400, 'content_policy_violation', 'This was flagged.')
      }
      return answer('A sheet with a number.\nTags: sheet')
    })
    const out = join(home.dir, `${run}.json`)
    expect((await batch('--out', out)).code).toBe(1)
    const first = await list(out)
    expect(new Set(first.map(({ error }) => error?.code))).toEqual(new Set(['bad-image', 'refused', undefined]))
    expect((await batch('--out', out)).code).toBe(1)
    expect((await list(out)).filter(({ caption }) => caption === 'A sheet with a number.')).toHaveLength(2)
    expect(server.requests).toHaveLength(3)
  })

  it('asks again after an answer that was of no use', async () => {
    await paintSome(1)
    server.script([answer("I'm sorry, but I can't help with that."), answer('A sheet.\nTags: a')])
    const out = join(home.dir, `${run}.json`)
    expect((await batch('--out', out)).code).toBe(3)
    expect(await list(out)).toMatchObject([{ error: { code: 'refused' } }])
    expect((await batch('--out', out)).code).toBe(0)
    expect(await list(out)).toMatchObject([{ caption: 'A sheet.' }])
  })

  it('writes alt text into the pictures, and knows them again', async () => {
    await paintSome(2)
    server.script(() => answer('A sheet & a number.\nTags: sheet'))
    const out = join(home.dir, `${run}.html`)
    expect((await batch('--out', out, '--write')).code).toBe(0)
    expect(await readFile(join(folder, 'picture-100.jpg'), 'latin1')).toContain('A sheet &amp; a number.')
    // As after a kill between the writing and its note.
    const notes = (await readFile(journalOf(out), 'utf8')).trim().split('\n')
    const names = notes.map((line) => `${line.includes('"type":"file"')} ${/"name":"[^"]*"/u.exec(line)?.[0]}`)
    const before = notes.filter(
      (_line, index) => !names[index]?.startsWith('true') || names.indexOf(names[index] ?? '') === index
    )
    expect(before).toHaveLength(notes.length - 2)
    await writeFile(journalOf(out), before.map((line) => `${line}\n`).join(''))
    expect((await batch('--out', out, '--write')).code).toBe(0)
    expect(server.requests).toHaveLength(2)
  })

  it('knows the alt text it wrote as an answer to the same question only', async () => {
    await paintSome(1)
    server.script((request) => answer(`${JSON.stringify(request.body).includes('German') ? 'Ein Blatt' : 'A sheet'}.`))
    const out = join(home.dir, `${run}.json`)
    await batch('--out', out, '--write', '--lang', 'en')
    expect((await batch('--out', out, '--write', '--lang', 'de')).stderr).toContain('already has different alt text')
    expect(await list(out)).toMatchObject([{ caption: 'Ein Blatt.' }])
  })

  it('pays once for a picture that is there twice, is renamed or touched, or is wanted in another kind of list', async () => {
    await paintSome(2)
    await copyFile(join(folder, 'picture-100.jpg'), join(folder, 'copy.jpg'))
    const out = join(home.dir, `${run}.json`)
    expect((await batch('--out', out)).code).toBe(0)
    expect(await list(out)).toMatchObject([
      { source: 'copy.jpg', caption: expect.any(String) as string },
      { source: 'picture-100.jpg', cached: true, costUsd: 0 },
      { source: 'picture-101.jpg', cached: false }
    ])
    await rename(join(folder, 'picture-101.jpg'), join(folder, 'other.jpg'))
    await utimes(join(folder, 'picture-100.jpg'), new Date(), new Date())
    expect((await batch('--out', out.replace('.json', '.csv'))).code).toBe(0)
    expect(server.requests).toHaveLength(2)
  })

  it('lists what it cannot read, and says what it leaves out', { tags: ['posix'] }, async () => {
    await paintSome(1)
    await paint(join(folder, '.hidden.jpg'), 'Hidden')
    await writeFile(join(folder, 'empty.jpg'), '')
    await writeFile(join(folder, 'paper.pdf'), '%PDF-1.7')
    await symlink('picture-100.jpg', join(folder, 'link.jpg'))
    const out = join(home.dir, `${run}.json`)
    const { code, stderr } = await batch('--out', out)
    expect(code).toBe(1)
    expect(stderr).toContain('Left out: 1 subfolder, 1 link, and 1 PDF.')
    expect(await list(out)).toMatchObject([
      { source: 'empty.jpg', error: { code: 'bad-image' } },
      { source: 'picture-100.jpg' }
    ])
  })

  it('lists a name that is no text, and the rest of its folder', { tags: ['linux'] }, async () => {
    await paintSome(1)
    const odd = Buffer.concat([Buffer.from(`${folder}/odd-`), Buffer.from([0xe9]), Buffer.from('.jpg')])
    await writeFile(odd, 'x')
    await mkdir(Buffer.concat([Buffer.from(`${folder}/inner/odd-`), Buffer.from([0xe9])]))
    const out = join(home.dir, `${run}.json`)
    expect((await batch('--out', out, '--recursive')).stderr).toContain('Left out: 1 subfolder that cannot be read.')
    expect(await list(out)).toMatchObject([
      { source: 'odd-\ufffd.jpg', error: { code: 'not-found' } },
      { source: 'picture-100.jpg', caption: expect.any(String) as string }
    ])
  })

  it('lets no second batch write the same list', async () => {
    await paintSome(1)
    const gate = createGate()
    server.script(() => answer('A sheet.', { gate }))
    const out = join(home.dir, `${run}.json`)
    const first = home.start(['batch', folder, '--out', out, '--yes'], { OPENAI_BASE_URL: server.baseUrl })
    await until(() => server.requests.length === 1)
    const second = await batch('--out', out)
    expect(second).toMatchObject({ code: 3, stderr: expect.stringContaining('Another batch is writing') as string })
    gate.open()
    await until(() => first.child.exitCode !== null)
    expect(await list(out)).toHaveLength(1)
    expect(server.requests).toHaveLength(1)
  })

  it('finishes what is under way after the first Ctrl-C, and pays for it no more', { tags: ['posix'] }, async () => {
    await paintSome(12)
    const gate = createGate()
    server.script(() => answer('A sheet.\nTags: a', { gate }))
    const out = join(home.dir, `${run}.json`)
    const first = home.start(['batch', folder, '--out', out, '--yes'], { OPENAI_BASE_URL: server.baseUrl })
    const told = stderrOf(first)
    await until(() => server.requests.length === 4)
    first.child.kill('SIGINT')
    await until(() => told().includes('Finishing the pictures in progress.'))
    gate.open()
    await until(() => first.child.exitCode !== null)
    expect(first.child.exitCode).toBe(130)
    expect(server.requests).toHaveLength(4)
    expect((await batch('--out', out)).code).toBe(0)
    expect(server.requests).toHaveLength(12)
  })

  it('stops at once after the second Ctrl-C', { tags: ['posix'] }, async () => {
    await paintSome(4)
    server.script(() => answer('A sheet.', { gate: createGate() }))
    const args = ['batch', folder, '--out', join(home.dir, `${run}.json`), '--yes']
    const first = home.start(args, { OPENAI_BASE_URL: server.baseUrl })
    const told = stderrOf(first)
    await until(() => server.requests.length === 4)
    first.child.kill('SIGINT')
    await until(() => told().includes('Finishing the pictures in progress.'))
    first.child.kill('SIGINT')
    await until(() => first.child.exitCode !== null)
    expect(first.child.exitCode).toBe(130)
  })

  it('says after a kill how many pictures were under way, and asks about those and the rest alone', async () => {
    const gate = createGate()
    server.script(() => answer('A sheet.\nTags: a', server.requests.length > 2 ? { gate } : {}))
    await paintSome(8)
    const out = join(home.dir, `${run}.json`)
    const args = ['batch', folder, '--out', out, '--yes']
    const env = { OPENAI_BASE_URL: server.baseUrl }
    const killed = home.start(args, env)
    const answered = async (): Promise<number> =>
      (await readFile(journalOf(out), 'utf8').catch(() => '')).split('{"type":"answered"').length - 1
    await until(async () => server.requests.length === 6 && (await answered()) === 2)
    killed.child.kill('SIGKILL')
    await killed.end()
    gate.open()
    const { code, stderr } = await home.descry(args, { env })
    expect({ code, stderr }).toMatchObject({
      code: 0,
      stderr: expect.stringContaining(
        '4 pictures were in progress when the last run ended, and may be charged again.'
      ) as string
    })
    expect(server.requests).toHaveLength(12)
    expect((await list(out)).map(({ caption }) => caption)).toEqual(Array(8).fill('A sheet.'))
    // Nothing is under way anymore.
    await paint(join(folder, 'new.jpg'), 'New')
    expect((await home.descry(args, { env })).stderr).not.toContain('in progress when the last run ended')
    expect(server.requests).toHaveLength(13)
  })

  it('waits for a provider that goes away and comes back', async () => {
    await paintSome(8)
    let requests = 0
    server.script(() => {
      requests += 1
      return requests > 2 && requests < 6 ? httpErrors.serverError : answer('A sheet.\nTags: a')
    })
    const out = join(home.dir, `${run}.json`)
    expect(await batch('--out', out)).toMatchObject({ code: 0 })
    expect(server.requests).toHaveLength(11)
  })

  it('keeps no half description', async () => {
    await paintSome(1)
    server.script(() => answer('A sheet with a number. On the', { ending: 'cut' }))
    const out = join(home.dir, `${run}.json`)
    expect((await batch('--out', out)).code).toBe(3)
    expect(await list(out)).toMatchObject([{ error: { code: 'cut-off' } }])
    server.script([answer('A sheet.', { ending: 'cut' }), answer('A sheet with a number.\nTags: a')])
    expect((await batch('--out', out)).code).toBe(0)
    expect(await list(out)).toMatchObject([{ caption: 'A sheet with a number.' }])
  })

  it('spends no more than --max-cost, whatever the estimate was', async () => {
    // What is under way when it is used up is still paid for, so there have to be more than fit side by side.
    await paintSome(20)
    const out = join(home.dir, `${run}.json`)
    // An answer costs half a cent, five times what is estimated.
    const { code, stderr } = await batch('--out', out, '--max-cost', '0.03')
    expect({ code, stderr }).toMatchObject({ code: 1 })
    expect(stderr).toContain('The amount set with --max-cost is used up.')
    expect(server.requests.length).toBeLessThan(20)
  })

  it('asks for no more pictures when the credit is used up', async () => {
    await paintSome(12)
    server.script(() => httpErrors.noCredit)
    const out = join(home.dir, `${run}.json`)
    expect((await batch('--out', out)).code).toBe(3)
    expect(server.requests.length).toBeLessThan(8)
    expect(await list(out)).toHaveLength(12)
  })

  it('gives a spreadsheet no formulas and a browser no markup', async () => {
    await paintSome(1)
    await paint(join(folder, '＝1+1.jpg'), 'Wide')
    server.script(() => answer('=HYPERLINK("http://evil.example","Click") <script>alert(1)</script>\nTags: -1, a'))
    const csv = join(home.dir, `${run}.csv`)
    const html = join(home.dir, `${run}.html`)
    await batch('--out', csv)
    await batch('--out', html)
    const [, row, wide] = (await readFile(csv, 'utf8')).split('\r\n')
    expect(wide).toMatch(/^'＝1\+1\.jpg,/u)
    expect(row).toMatch(/^picture-100\.jpg,"'=HYPERLINK\(""http/u)
    const page = await readFile(html, 'utf8')
    expect(page).not.toContain('<script')
    expect(page).toContain('&#60;script&#62;')
  })

  it('refuses to spend much where nobody can be asked', async () => {
    await paintSome(1)
    const out = join(home.dir, `${run}.csv`)
    const { code, stderr } = await home.descry(
      ['batch', folder, '--out', out, '--base-url', 'https://vision.invalid/v1', '--model', 'unheard-of'],
      {}
    )
    expect(code).toBe(3)
    expect(stderr).toContain('Add --yes')
  })

  it('says what is wrong with a command line', async () => {
    expect((await home.descry(['batch', 'x', '--out', 'x.doc'])).code).toBe(2)
    expect((await home.descry(['batch', 'x', '--out', 'x.csv', '--api', 'other'])).code).toBe(2)
  })
})

const total = (counts: Map<string, number>): number => [...counts.values()].reduce((sum, times) => sum + times, 0)

describe('a batch that is killed in the middle', () => {
  let server: LimitedServer
  afterEach(() => server.close())

  it('loses nothing, and pays for nothing that it has heard twice', async () => {
    server = await startLimitedServer({ requests: 20, periodMs: 1000, answerMs: 50 })
    await paintSome(40)
    const out = join(home.dir, `${run}.json`)
    const env = { OPENAI_BASE_URL: server.baseUrl }
    const killed = home.start(['batch', folder, '--out', out, '--yes'], env)
    await until(async () => server.paid.size >= 15)
    killed.child.kill('SIGKILL')
    await killed.end()
    const askedAtKill = total(server.asked)
    const heard = await readFile(journalOf(out), 'utf8')
    // As a kill in the middle of a write leaves it.
    await writeFile(journalOf(out), `${heard}{"type":"described","key":"to`)
    expect((await home.descry(['batch', folder, '--out', out, '--yes'], { env })).code).toBe(0)
    expect((await list(out)).every(({ caption }) => caption?.startsWith('A picture') ?? false)).toBe(true)
    const noted = heard.split('\n').filter((line) => line.startsWith('{"type":"answered"')).length
    expect(server.paid.size).toBe(40)
    expect(noted).toBeGreaterThan(0)
    // What was under way at the kill is all that may be paid for again, however much that was on a busy machine.
    expect(total(server.paid)).toBeLessThanOrEqual(40 + askedAtKill - noted)
  })
})
