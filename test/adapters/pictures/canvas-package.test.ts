import { expect, test } from 'vitest'
import { run } from '#test/process.ts'

test("is loaded without this computer's fonts", async () => {
  const modules = ['#adapters/pictures/canvas-package.ts', '@napi-rs/canvas'].map((name) => import.meta.resolve(name))
  const code = `import ${JSON.stringify(modules[0])}
    import canvas from ${JSON.stringify(modules[1])}
    console.log(JSON.stringify(canvas.GlobalFonts.families))`
  const { DISABLE_SYSTEM_FONTS_LOAD: _, ...env } = process.env
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', code], { env })
  expect(JSON.parse(String(stdout))).toEqual([])
})
