/** Describing whole folders and comparing models. */
export const batchMessages = {
  'batch.cost': `{ $count ->
    [one] 1 picture, about { $cost } with { $model }.
   *[other] { $count } pictures, about { $cost } with { $model }.
  }`,
  'batch.cost-unknown': `{ $count ->
    [one] 1 picture with { $model }. Its price is not known.
   *[other] { $count } pictures with { $model }. Its price is not known.
  }`,
  'batch.limit-leaves': 'Your monthly limit leaves { $amount }. The batch stops there.',
  'batch.max-cost-spent': 'The amount set with --max-cost is used up.',
  'batch.max-cost-spent.next': 'Raise it to continue.',
  'batch.needs-agreement': 'Add --yes, or raise --max-cost.',
  'batch.list-unwritable': 'The list could not be written.',
  'batch.list-unwritable.next':
    'The descriptions are kept. Run the same command with another --out in the same folder.',
  'batch.page.title': 'Picture descriptions',
  'batch.page.count': `{ $count ->
    [one] 1 picture.
   *[other] { $count } pictures.
  }`,
  'batch.page.count-with-failed': `{ $count ->
    [one] 1 picture, { $failed } without a description.
   *[other] { $count } pictures, { $failed } without a description.
  }`,
  'batch.left-out': 'Left out: { $what }.',
  'batch.left-out.folders': `{ $count ->
    [one] 1 subfolder
   *[other] { $count } subfolders
  }`,
  'batch.left-out.unreadable': `{ $count ->
    [one] 1 subfolder that cannot be read
   *[other] { $count } subfolders that cannot be read
  }`,
  'batch.left-out.links': `{ $count ->
    [one] 1 link
   *[other] { $count } links
  }`,
  'batch.left-out.pdfs': `{ $count ->
    [one] 1 PDF
   *[other] { $count } PDFs
  }`,
  'batch.no-pictures': 'There are no pictures in this folder.',
  'batch.no-pictures.next': 'Add --recursive to include its subfolders.',
  'batch.folder-unreadable': 'This folder cannot be read.',
  'batch.folder-unreadable.next': 'Check its name.',
  'batch.answers-lost': `{ $count ->
    [one] 1 picture was in progress when the last run ended, and may be charged again.
   *[other] { $count } pictures were in progress when the last run ended, and may be charged again.
  }`,
  'batch.stopping': 'Finishing the pictures in progress. Press Ctrl+C again to stop at once.',
  'batch.interrupted': 'Interrupted. Run the same command again to continue.',
  'batch.done': '{ $described } of { $total } pictures described.',
  'batch.hidden': `{ $count ->
    [one] Private parts of { $count } picture were hidden.
   *[other] Private parts of { $count } pictures were hidden.
  }`,
  'batch.kept-private': `{ $count ->
    [one] { $count } picture was not sent, because it shows something private.
   *[other] { $count } pictures were not sent, because they show something private.
  }`,
  'batch.list-written': 'The list is in { $path }.',
  'batch.alt-text-kept': '{ $name }: it already has different alt text, which was kept.',
  'batch.uncollected': 'The provider is still working on a batch of these pictures.',
  'batch.uncollected.next': 'Collect it with --api batch, or choose another --out.',
  'batch.submitted': `{ $count ->
    [one] Batch { $batchId }: 1 picture submitted. It may take up to a day.
   *[other] Batch { $batchId }: { $count } pictures submitted. It may take up to a day.
  }`,
  'batch.progress':
    'Batch { $batchId }: { $status }, { $finished } of { $total }. Press Ctrl+C to leave it running; run the same command later to collect it.',
  'batch.ended': `{ $answers ->
    [one] Batch { $batchId }: { $status }, 1 answer.
   *[other] Batch { $batchId }: { $status }, { $answers } answers.
  }`,
  'batch.files-not-deleted': 'Its files could not be deleted from the provider. Delete them there.',
  'batch.no-answer': 'The batch ended without an answer for this picture.',
  'batch.no-answer.next': 'Run the same command again.',
  'batch.list-in-use': 'Another batch is writing this list.',
  'batch.list-in-use.next': 'Wait for it, or choose another --out.',
  'batch.journal-unwritable': "This batch's journal cannot be written.",
  'batch.journal-unwritable.next': 'Choose another location with --out.',
  'batch.journal-unwritable.disk-full': 'The disk is full: free some space, then run it again.',
  'batch.status': '{ $finished } of { $total }',
  'batch.status-with-time': '{ $finished } of { $total }, { $left } left',
  'batch.waiting': 'Waiting { $wait } for the provider.',
  'batch.still-waiting': 'Still waiting: { $finished } of { $total }.',
  'batch.percent': '{ $percent } percent.',
  'batch.percent-with-time': '{ $percent } percent, { $left } left.'
} as const
