// Stands in for the PowerShell helper of the focus finder on Windows: the first question gets no answer.
import { createInterface } from 'node:readline'

createInterface({ input: process.stdin }).on('line', (id) => {
  if (id === '1') return
  const place = { x: 10, y: 20, width: 300, height: 40 }
  const answer = { id, place, role: 'ControlType.CheckBox', name: 'Gift', isPassword: false }
  process.stdout.write(`${JSON.stringify(answer)}\r\n`)
})
