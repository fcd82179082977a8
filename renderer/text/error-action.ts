/** What the button beside an error does. Its words stand in queue-text.ts, its deed in queue/use-upload-commands.ts. */
export type ErrorAction =
  | 'retry'
  | 'try-now'
  | 'locate'
  | 'restart'
  | 'edit-key'
  | 'settle-conflict'
  | 'send-elsewhere'
  | 'change-key'
  | 'edit-destination'
  | 'change-proxy'
  | 'change-schedule';
