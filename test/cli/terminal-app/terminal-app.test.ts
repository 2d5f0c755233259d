// @module-tag script
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createCliHome, type CliHome } from '#test/descry.ts'
import { startLoopbackServer } from '#test/loopback-server.ts'
import { answer, createGate, startModelServer, type ModelServer } from '#test/model-server.ts'
import { pdfFile } from '#test/pdf-files.ts'
import { photoPicture } from '#test/pictures.ts'
import { isAlive, until } from '#test/process.ts'
import { ctrlC, ctrlD, enter, prompt, startTalk, type Talk } from '#test/terminal-talk.ts'

/** The terminal app in a real pseudo-terminal, as over SSH: no display, no sound, no screen reader. */

let home: CliHome
let server: ModelServer
let photo: string
const opened: Talk[] = []

beforeAll(async () => {
  server = await startModelServer()
})
afterAll(() => server?.close())
beforeEach(async () => {
  home = await createCliHome()
  photo = join(home.dir, 'photo.jpg')
  await writeFile(photo, await photoPicture(240, 160))
  server.requests.length = 0
  server.script(() => answer('A red door. It is closed.\nTags: door'))
})
afterEach(async () => {
  for (const talk of opened.splice(0)) await talk.close()
  await home.remove()
})

/** The terminal app at its first prompt. */
async function open(
  settings: object = { sendingAllowedTo: server.baseUrl },
  { args = [], env = {} }: { args?: string[]; env?: NodeJS.ProcessEnv } = {}
): Promise<Talk> {
  const saved = { baseUrl: server.baseUrl, language: 'en', keepCaptions: false, ...settings }
  await writeFile(join(home.dir, 'settings.json'), JSON.stringify(saved))
  const talk = startTalk(args, { ...home.env, ...env })
  opened.push(talk)
  await talk.ready()
  return talk
}

describe('the terminal app', { tags: ['script'] }, () => {
  test('describes a picture, answers questions, and takes commands', async () => {
    const talk = await open()
    expect(talk.news()).toBe(
      [
        "Descry's voice is off here. To turn it on, type :voice on.",
        `Pictures go to ${new URL(server.baseUrl).host} when you describe them.`,
        'Type the path or web address of a picture, or :help.',
        prompt
      ].join('\n')
    )
    expect(await talk.say(photo)).toBe('A red door.\nIt is closed.')
    server.script([answer('No, it is locked.')])
    expect(await talk.say('Can it be opened?')).toBe('No, it is locked.')
    expect(JSON.stringify(server.requests[1]?.body)).toContain('Can it be opened?')
    expect(server.requests[1]?.images).toHaveLength(1)
    server.script([answer('A red door with a brass handle.')])
    expect(await talk.say(':more')).toBe('Detailed\nA red door with a brass handle.')
    expect(await talk.say(':rep')).toBe('A red door with a brass handle.')
    expect(await talk.say(':history')).toBe(
      '1. photo.jpg: A red door.\n2. photo.jpg, Can it be opened?: A red door with a brass handle.'
    )
    expect(await talk.say(':history 1')).toBe('photo.jpg:\nA red door.\nIt is closed.')
    expect(await talk.say(':status')).toContain('Not watching for pictures.')
    expect(await talk.leave()).toBe(0)
  })

  test('prints each sentence as it arrives', async () => {
    const gate = createGate()
    server.script([
      { ...answer(''), chunks: ['A red door. It', ' is closed. Two cats', ' wait.'], gate, finishReason: 'stop' }
    ])
    const talk = await open()
    talk.terminal.type(photo + enter)
    gate.release()
    await talk.sees('A red door.\n')
    expect(talk.news()).not.toContain('It')
    gate.release()
    await talk.sees('It is closed.\n')
    gate.open()
    await talk.sees('Two cats wait.\n')
    await until(() => talk.news().endsWith(prompt))
  })

  test('asks once before anything is sent, with the same switch as the window', async () => {
    const talk = await open({})
    expect(talk.news()).toContain('Nothing is sent until you allow it.\n')
    const { host } = new URL(server.baseUrl)
    talk.terminal.type(photo + enter)
    await talk.sees(
      `Send pictures to ${host} to have them described? If not, only text and codes are read, on this computer. y/N `
    )
    expect(server.requests).toEqual([])
    expect(await talk.say('y')).toBe(
      'Sending is on. To turn it off, type :settings sending off.\nA red door.\nIt is closed.'
    )
    expect(server.requests).toHaveLength(1)
    const saved = async (): Promise<unknown> => JSON.parse(await readFile(join(home.dir, 'settings.json'), 'utf8'))
    expect(await saved()).toMatchObject({ sendingAllowedTo: server.baseUrl })
    expect(await talk.say(':settings sending off')).toBe(`sending - Send pictures to ${host}: off`)
    expect(await saved()).toMatchObject({ sendingAllowedTo: null })
    expect(await talk.say(photo)).toMatch(/Probably a photo.*\n.*Sending is off\./su)
    expect(server.requests).toHaveLength(1)
  })

  test('sends nothing after a no, and does not ask again', async () => {
    const talk = await open({})
    talk.terminal.type(photo + enter)
    await talk.sees('y/N ')
    expect(await talk.say('')).toMatch(
      /^Sending is off\. To turn it on, type :settings sending on\.\nNo text could be read\.|^Sending is off\./u
    )
    expect(await talk.say(photo)).toContain('Probably a photo, 240 by 160 pixels.')
    expect(server.requests).toEqual([])
  })

  test('sends nothing more once sending was turned off elsewhere', async () => {
    const talk = await open()
    expect(await talk.say(photo)).toBe('A red door.\nIt is closed.')
    await writeFile(
      join(home.dir, 'settings.json'),
      JSON.stringify({ baseUrl: server.baseUrl, sendingAllowedTo: null })
    )
    talk.terminal.type(`What color is it?${enter}`)
    await talk.sees('y/N ')
    await talk.say('n')
    expect(server.requests).toHaveLength(1)
  })

  test('without a key reads text and codes here and says how to add one, which is not shown', async () => {
    const talk = await open({ baseUrl: 'https://api.openai.com/v1' })
    expect(talk.news()).toContain(
      'There is no API key for api.openai.com, so only text and codes are read, on this computer. To add a key, type :key.\n'
    )
    expect(await talk.say(photo)).toContain('Probably a photo')
    talk.terminal.type(`:key${enter}`)
    await talk.sees('not shown while you type): ')
    talk.terminal.type(`sk-mistyped${ctrlC}`)
    await talk.sees(`not shown while you type): \n${prompt}`)
    talk.news()
    talk.terminal.type(`:key${enter}`)
    await until(() => talk.news().includes('not shown while you type): '), { what: 'the question for the key' })
    expect(await talk.say('sk-secret')).toContain('Your key is not saved. Descry uses it until you quit.')
    expect(talk.terminal.seen()).not.toMatch(/sk-secret|sk-mistyped/u)
    talk.terminal.type(photo + enter)
    await talk.sees('Send pictures to api.openai.com')
  })

  test('never takes a mistyped path for a question', async () => {
    const talk = await open()
    await talk.say(photo)
    expect(await talk.say('phto.jpg')).toBe('No such file: phto.jpg')
    expect(await talk.say('My Documents/bank statement')).toBe(
      'No such file: My Documents/bank statement. To ask this as a question, type :ask before it.'
    )
    expect(await talk.say(home.dir)).toMatch(/This is a folder\./u)
    expect(server.requests).toHaveLength(1)
    expect(await talk.say(':ask Is it red/green?')).toBe('A red door.\nIt is closed.')
    expect(server.requests).toHaveLength(2)
  })

  test('Ctrl-C stops what is running and does not quit; Ctrl-D quits', async () => {
    server.script([
      { ...answer(''), chunks: ['A red door. It'], ending: 'stall' },
      answer('A red door. It is closed.'),
      answer('It is closed.')
    ])
    const talk = await open()
    talk.terminal.type(photo + enter)
    await talk.sees('A red door.')
    talk.news()
    talk.terminal.type(ctrlC)
    await talk.sees('Stopped')
    await until(() => server.requests[0]?.state === 'aborted', { what: 'the end of the request' })
    expect(await talk.say(photo)).toBe('A red door.\nIt is closed.')
    // With nothing to stop, it discards the line and says how to quit.
    talk.terminal.type(`phto${ctrlC}`)
    await talk.sees('To quit, press Ctrl+D or type :quit.')
    expect(await talk.say('Why?')).toBe('It is closed.')
    // Earlier lines come back, and the discarded one is not among them.
    talk.terminal.type('\u001b[A')
    await until(() => talk.news().endsWith('Why?'), { what: 'the line before' })
    talk.terminal.type(ctrlC)
    expect(await talk.leave()).toBe(0)
  })

  test('does what was typed meanwhile when it is done', async () => {
    const gate = createGate()
    server.script([{ ...answer('A red door.'), gate }, answer('It is locked.')])
    const talk = await open()
    talk.terminal.type(photo + enter)
    await until(() => server.requests.length === 1, { what: 'the request' })
    talk.terminal.type(`Is it open?${enter}`)
    gate.open()
    await talk.sees(`A red door.\n${prompt}Is it open?\nIt is locked.\n${prompt}`)
  })

  test('gives up a question of its own at Ctrl-C, and sends nothing', async () => {
    const talk = await open({})
    talk.terminal.type(photo + enter)
    await talk.sees('y/N ')
    talk.terminal.type(ctrlC)
    await talk.sees('Stopped')
    expect(await talk.say(':history')).toBe('Nothing yet')
    expect(server.requests).toEqual([])
    // That was no answer.
    talk.news()
    talk.terminal.type(photo + enter)
    await until(() => talk.news().includes('y/N '), { what: 'the question again' })
  })

  test('says after 3 s that it is working', { timeout: 30_000 }, async () => {
    server.script([{ type: 'stall', when: 'before-headers' }])
    const talk = await open()
    const from = performance.now()
    talk.terminal.type(photo + enter)
    await talk.sees('Working\n')
    expect(performance.now() - from).toBeGreaterThan(2900)
    // A line typed meanwhile stops it, too.
    talk.terminal.type(`:stop${enter}`)
    await talk.sees('Stopped')
  })

  test.each(['dumb', ''])('works on a terminal that can move nothing (TERM=%s)', async (type) => {
    const talk = await open(undefined, { env: { TERM: type } })
    // The system's own line editing erases.
    talk.terminal.type(`:histr\u007fory${enter}`)
    await talk.sees('Nothing yet')
    expect(await talk.say(photo)).toContain('A red door.\nIt is closed.')
    talk.terminal.type(ctrlC)
    await talk.sees('To quit, press Ctrl+D or type :quit.')
    expect(await talk.say('Why?')).toContain('A red door.\nIt is closed.')
    expect(await talk.leave()).toBe(0)
    expect(talk.terminal.seen()).not.toContain('\u001b')
  })

  test('lets nothing from the picture or the model reach the terminal as a command', async () => {
    server.script([answer('A \u001bcred\u001b[J door\u202e.')])
    const talk = await open()
    expect(await talk.say(photo)).toBe('A cred[J door.')
    for (const sequence of ['\u001bc', '\u001b[J', '\u202e']) expect(talk.terminal.seen()).not.toContain(sequence)
  })

  test('tells a failure with what to do next', async () => {
    server.script([
      { type: 'error', status: 401, error: { message: 'Incorrect API key', code: 'invalid_api_key' } },
      answer('A red door.')
    ])
    const talk = await open()
    expect(await talk.say(photo)).toBe('A key is needed. Add it in Settings.')
    expect(await talk.say(':more')).toBe('There is no caption yet.')
    expect(await talk.say(':region 1,2')).toBe('Usage: :region AREA')
    expect(await talk.say(':sideways')).toBe('There is no command :sideways. Type :help for a list.')
    expect(await talk.say(':s')).toMatch(/^:s matches \d+ commands: /u)
    expect(await talk.say(':slower')).toBe("Descry's voice is off. To turn it on, type :voice on.")
    expect(await talk.say(':screen')).toBe('There is no screen here. Run Descry inside your desktop session.')
  })

  test('asks nothing about a picture that is not there', async () => {
    const talk = await open()
    expect(await talk.say('What is it?')).toBe(
      'There is no picture to ask about yet. Type the path or web address of one first.'
    )
    expect(server.requests).toEqual([])
  })

  test('opens a web address, and several files at once', async () => {
    const picture = await readFile(photo)
    const website = await startLoopbackServer((_, response) =>
      response.writeHead(200, { 'content-type': 'image/jpeg' }).end(picture)
    )
    try {
      const talk = await open()
      const address = `http://127.0.0.1:${website.port}/door.jpg`
      expect(await talk.say(address)).toBe('A red door.\nIt is closed.')
      const second = join(home.dir, 'second photo.jpg')
      await writeFile(second, await photoPicture(200, 160))
      expect(await talk.say(`${photo} '${second}'`)).toBe(
        `${photo}:\nA red door.\nIt is closed.\n${second}:\nA red door.\nIt is closed.`
      )
      expect(await talk.say(`:open '${second}'`)).toBe('A red door.\nIt is closed.')
      expect(await talk.say(':open nothing.png')).toMatch(/^nothing\.png: The picture was not found\./u)
      expect(await talk.say(':history')).toMatch(/^1\. door\.jpg: .*\n2\. photo\.jpg: .*\n3\. second photo\.jpg: /u)
    } finally {
      await website.close()
    }
  })

  test('lists the pages of a document, describes the one that is chosen, and answers about it', async () => {
    const document = join(home.dir, 'letter.pdf')
    const page = (text: string): { content: string } => ({ content: `BT /F1 24 Tf 50 100 Td (${text}) Tj ET` })
    await writeFile(document, pdfFile([page('First'), page('Second')] as never))
    const talk = await open()
    expect(await talk.say(document)).toBe(
      'This file has more parts. To list them, type :history.\nA red door.\nIt is closed.'
    )
    expect(await talk.say(':history')).toBe(
      '1. letter.pdf, Page 2 of 2: Not described yet\n2. letter.pdf, Page 1 of 2: A red door.'
    )
    server.script([answer('Page two.'), answer('It is about page two.')])
    expect(await talk.say(':history 1')).toBe('Page two.')
    expect(await talk.say('What is it about?')).toBe('It is about page two.')
    expect(await talk.say(':history')).toContain('3. letter.pdf, Page 2 of 2, What is it about?: It is about page two.')
  })

  test('completes commands and paths with Tab', async () => {
    const talk = await open()
    expect(await talk.complete(':sec', ':second-opinion ')).toContain('There is no picture here.')
    expect(await talk.complete(':settings deta', ':settings detail ')).toContain('detail - Level of detail: standard')
    await writeFile(join(home.dir, 'only holiday.png'), await photoPicture(100, 80, 'png'))
    const typed = join(home.dir, 'only')
    const path = join(home.dir, 'only holiday.png')
    expect(await talk.complete(typed, path)).toContain('A red door.')
    expect(await talk.complete(`'${typed}`, `'${path}'`)).toContain('A red door.')
    expect(await talk.complete(`${typed}\\ `, path.replace(' ', '\\ '))).toContain('A red door.')
  })

  test('changes settings, and says what a value may be', async () => {
    const talk = await open()
    expect(await talk.say(':settings detail loud')).toBe('detail must be brief, standard, detailed, text.')
    expect(await talk.say(':settings limit 5')).toBe('limit - Monthly limit: 5')
    expect(await talk.say(':settings limit many')).toBe('limit must be an amount in US dollars, or none.')
    expect(await talk.say(':settings second-opinion other-model')).toBe(
      `second-opinion - Second opinion: ${server.baseUrl}#other-model`
    )
    expect(JSON.parse(await readFile(join(home.dir, 'settings.json'), 'utf8'))).toMatchObject({
      monthlyLimitUsd: 5,
      secondOpinion: { baseUrl: server.baseUrl, model: 'other-model' }
    })
    await talk.say(photo)
    expect(await talk.say(':second')).toBe('The price of other-model is not known. Repeat the command to ask it.')
  })

  test('an address from the environment is asked about for this session only', async () => {
    const talk = await open(
      { baseUrl: 'https://api.openai.com/v1', sendingAllowedTo: 'https://api.openai.com/v1' },
      { env: { OPENAI_BASE_URL: server.baseUrl } }
    )
    talk.terminal.type(photo + enter)
    await talk.sees('y/N ')
    expect(await talk.say('y')).toContain('A red door.')
    expect(JSON.parse(await readFile(join(home.dir, 'settings.json'), 'utf8'))).toMatchObject({
      sendingAllowedTo: 'https://api.openai.com/v1'
    })
  })

  test('hides graphic content until it is asked for', async () => {
    server.script([answer('Notice: graphic\nA wound. It bleeds.')])
    const talk = await open()
    expect(await talk.say(photo)).toBe('Graphic content. Use the command "repeat" to read it.')
    expect(await talk.say(':repeat')).toBe('A wound.\nIt bleeds.')
  })

  test('works beside a running Descry', async () => {
    const watch = home.start(['watch'], { OPENAI_BASE_URL: server.baseUrl })
    let printed = ''
    watch.child.stdout?.on('data', (chunk) => (printed += String(chunk)))
    try {
      await until(() => printed.includes('Press Ctrl+C to quit.'), { what: 'descry watch' })
      const talk = await open()
      expect(await talk.say(photo)).toBe('A red door.\nIt is closed.')
      expect(await talk.leave()).toBe(0)
      expect(await home.descry(['status'])).toMatchObject({ code: 0 })
    } finally {
      await watch.end()
    }
  })

  test('opens the pictures named on the command line, then asks for more', async () => {
    const talk = await open(undefined, { args: ['terminal', photo, 'phto.jpg'] })
    expect(talk.news()).toMatch(/A red door\.\nIt is closed\.\nNo such file: phto\.jpg\ndescry> $/u)
    talk.terminal.type(`:quit${enter}`)
    expect(await talk.terminal.ended).toBe(0)
  })

  test('ends with the terminal', { tags: ['linux'] }, async () => {
    const talk = await open()
    const { running } = talk.terminal
    const pid = Number(await readFile(`/proc/${running.pid}/task/${running.pid}/children`, 'utf8'))
    await talk.say(photo)
    expect(isAlive(pid)).toBe(true)
    process.kill(running.pid, 'SIGKILL')
    await until(() => !isAlive(pid), { what: 'the end of the program' })
  })

  test('Ctrl-D quits while a picture is being described, and ends the request', async () => {
    server.script([{ type: 'stall', when: 'after-headers' }])
    const talk = await open()
    talk.terminal.type(photo + enter)
    await until(() => server.requests.length === 1, { what: 'the request' })
    talk.terminal.type(ctrlD)
    expect(await talk.terminal.ended).toBe(0)
    await until(() => server.requests[0]?.state === 'aborted', { what: 'the end of the request' })
  })
})

test('without a terminal, descry prints help and descry terminal says what to use instead', async () => {
  expect(await home.descry([])).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('Usage: descry') })
  expect(await home.descry(['terminal'])).toEqual({
    code: 2,
    stdout: '',
    stderr: 'descry terminal needs a terminal. Without one, use: descry describe FILE\n'
  })
})
