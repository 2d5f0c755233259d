import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCanvas } from '@napi-rs/canvas'
import { descryProgram } from '#test/descry.ts'
import { font } from '#test/fonts.ts'
import { startLimitedServer, type LimitedServer } from '#test/limited-server.ts'

/**
 * `node scripts/batch-trial.ts [PICTURES]`: a batch against a loopback server that answers in 200 ms and allows 20
 * requests a second after a hundred at once. It is killed halfway and run again. Prints how fast it was and what was lost.
 */
const pictures = Number(process.argv[2] ?? 1000)
const limits = { requests: 100, periodMs: 5000, answerMs: 200 }

async function makePictures(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (let index = 0; index < pictures; index += 1) {
    const canvas = createCanvas(320, 200)
    const context = canvas.getContext('2d')
    context.fillStyle = `hsl(${index % 360}, 60%, 60%)`
    context.fillRect(0, 0, 320, 200)
    context.fillStyle = '#000000'
    context.font = font(30)
    context.fillText(`Picture ${index}`, 60, 110)
    await writeFile(join(folder, `${String(index).padStart(5, '0')}.jpg`), await canvas.encode('jpeg', 80))
  }
}

function startBatch(folder: string, out: string, home: string, server: LimitedServer): ChildProcess {
  return spawn(process.execPath, [descryProgram, 'batch', folder, '--out', out, '--yes', '--lang', 'en'], {
    env: { PATH: process.env.PATH, HOME: home, DESCRY_HOME: home, OPENAI_BASE_URL: server.baseUrl },
    stdio: ['ignore', 'ignore', 'ignore']
  })
}

/** Resident memory of a process, in megabytes; null where the system does not report it. */
async function residentMb(pid: number): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  const kilobytes = /VmRSS:\s+(\d+)/u.exec(status)?.[1]
  return kilobytes === undefined ? null : Math.round(Number(kilobytes) / 1024)
}

const home = await mkdtemp(join(tmpdir(), 'descry-batch-'))
const folder = join(home, 'pictures')
try {
  await makePictures(folder)

  const server = await startLimitedServer(limits)
  const whole = startBatch(folder, join(home, 'whole.json'), home, server)
  const memory: (number | null)[] = []
  const timer = setInterval(() => void residentMb(whole.pid ?? 0).then((megabytes) => memory.push(megabytes)), 2000)
  const [code] = (await once(whole, 'exit')) as [number | null]
  clearInterval(timer)
  const { allowed, answered, seconds } = server.reached()
  console.log(
    `Whole run: exit ${code}, ${answered} answers in ${seconds.toFixed(1)} s, ${Math.round((answered / seconds) * 60)} a minute.`
  )
  console.log(
    `Allowed in that time: ${Math.round(allowed)}. Reached: ${((answered / allowed) * 100).toFixed(1)} %. Refused: ${server.refused}.`
  )
  const known = memory.filter((megabytes) => megabytes !== null)
  console.log(`Memory every 2 s, in MB: ${known.join(' ')}`)
  await server.close()

  const second = await startLimitedServer(limits)
  const out = join(home, 'resumed.json')
  const killed = startBatch(folder, out, home, second)
  while (second.paid.size < pictures / 2) await new Promise((resolve) => setTimeout(resolve, 20))
  killed.kill('SIGKILL')
  await once(killed, 'exit')
  const noted = (await readFile(join(home, 'resumed.journal'), 'utf8')).split('{"type":"answered"').length - 1
  console.log(`Killed after ${second.paid.size} answers, ${noted} of them noted.`)
  const resumed = startBatch(folder, out, home, second)
  const [resumedCode] = (await once(resumed, 'exit')) as [number | null]
  const list = JSON.parse(await readFile(out, 'utf8')) as { caption?: string }[]
  const twice = [...second.paid.values()].filter((times) => times > 1).length
  const lost = pictures - list.filter(({ caption }) => caption !== undefined).length
  const again = [...second.asked.values()].filter((times) => times > 1).length
  console.log(`Run again: exit ${resumedCode}. Lost: ${lost}. Answered twice: ${twice}.`)
  // Their answers were lost with the kill, and a provider may bill them all the same.
  console.log(`Under way at the kill, and asked for again: ${again}.`)
  await second.close()
} finally {
  await rm(home, { recursive: true, force: true })
}
