import { Check, CircleAlert, Info, X } from 'lucide-react';
import { createContext, useContext, useMemo } from 'react';
import type { ReactNode } from 'react';
import {
  Button,
  Text,
  UNSTABLE_Toast as AriaToast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from 'react-aria-components';
import './toast.css';

export interface Message {
  readonly tone: 'success' | 'info' | 'danger';
  readonly title: string;
  readonly body?: string;
  readonly action?: { readonly text: string; readonly run: () => void };
}

const ToastContext = createContext<ToastQueue<Message> | null>(null);

interface ToastProviderProps {
  readonly regionLabel: string;
  readonly closeLabel: string;
  readonly children: ReactNode;
}

/** Short messages at the lower edge; the newest one only, so that nothing piles up. */
export function ToastProvider({ regionLabel, closeLabel, children }: ToastProviderProps) {
  const queue = useMemo(() => new ToastQueue<Message>({ maxVisibleToasts: 1 }), []);
  return (
    <ToastContext value={queue}>
      {children}
      <ToastRegion queue={queue} className="toast-region" aria-label={regionLabel}>
        {({ toast }) => (
          <AriaToast toast={toast} className={`toast toast-${toast.content.tone}`} data-testid="toast">
            <ToneIcon tone={toast.content.tone} />
            <ToastContent className="toast-content">
              <Text slot="title">{toast.content.title}</Text>
              {toast.content.body !== undefined && <Text slot="description">{toast.content.body}</Text>}
            </ToastContent>
            <ToastAction message={toast.content} />
            <Button slot="close" className="toast-close" aria-label={closeLabel}>
              <X className="icon" aria-hidden />
            </Button>
          </AriaToast>
        )}
      </ToastRegion>
    </ToastContext>
  );
}

function ToastAction({ message }: { readonly message: Message }) {
  if (message.action === undefined) return null;
  return (
    <Button className="toast-action" onPress={message.action.run}>
      {message.action.text}
    </Button>
  );
}

function ToneIcon({ tone }: { readonly tone: Message['tone'] }) {
  const Icon = { success: Check, info: Info, danger: CircleAlert }[tone];
  return <Icon className="icon toast-icon" aria-hidden />;
}

/** Shows a message, in place of the one that is there; errors stay longer. */
export function useToast(): (message: Message) => void {
  const queue = useContext(ToastContext);
  if (queue === null) throw new Error('useToast outside of ToastProvider');
  return useMemo(
    () => (message: Message) => {
      for (const old of queue.visibleToasts) queue.close(old.key);
      queue.add(message, { timeout: message.tone === 'danger' ? 12_000 : 6000 });
    },
    [queue],
  );
}
