import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { Button } from './Button.tsx';
import { useKeptFocus } from './use-kept-focus.ts';
import './overlays.css';

export interface Question {
  readonly title: string;
  readonly body: string;
  readonly yes: string;
  /** Null: there is nothing to decide, only something to know. */
  readonly no: string | null;
  /** True where a yes cannot be taken back: the button is red, and the safe answer has the focus. */
  readonly isDanger: boolean;
}

interface ConfirmDialogProps {
  readonly question: Question;
  readonly onAnswer: (yes: boolean) => void;
  /** The yes is being carried out: the question stays until that has ended. */
  readonly isBusy?: boolean;
  /** What the yes depends on, below the words. */
  readonly children?: ReactNode;
}

/** A question that stops everything else: one safe answer, one that acts. Esc is the safe one. */
export function ConfirmDialog({ question, onAnswer, isBusy = false, children }: ConfirmDialogProps) {
  const dialog = useKeptFocus();
  const close = (isOpen: boolean) => !isOpen && !isBusy && onAnswer(false);
  return (
    <ModalOverlay className="modal-overlay" isOpen isKeyboardDismissDisabled={isBusy} onOpenChange={close}>
      <Modal className="modal modal-question">
        <AriaDialog ref={dialog} role="alertdialog" className="question">
          <Heading slot="title" className="question-title">
            {question.title}
          </Heading>
          <p className="question-body">{question.body}</p>
          {children}
          <footer className="question-buttons">
            {question.no !== null && (
              <Button autoFocus={question.isDanger} isDisabled={isBusy} onPress={() => onAnswer(false)}>
                {question.no}
              </Button>
            )}
            <Button
              tone={question.isDanger ? 'danger' : 'accent'}
              autoFocus={!question.isDanger}
              isDisabled={isBusy}
              onPress={() => onAnswer(true)}
            >
              {question.yes}
            </Button>
          </footer>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
