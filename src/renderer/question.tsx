import { useState, type ReactNode, type SubmitEvent } from 'react'

/** Asks about the picture that is shown. What was typed stays until it was taken. */
export function Question({ onAsk }: { onAsk: (question: string) => Promise<boolean> }): ReactNode {
  const [question, setQuestion] = useState('')

  async function ask(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    if (await onAsk(question)) setQuestion('')
  }

  return (
    <form className="question" data-region onSubmit={(event) => void ask(event)}>
      <label htmlFor="question">Ask about this picture</label>
      <div className="row">
        <input
          id="question"
          type="text"
          required
          maxLength={2000}
          autoComplete="off"
          value={question}
          onChange={(event) => setQuestion(event.target.value)}
        />
        <button type="submit">Ask</button>
      </div>
    </form>
  )
}
